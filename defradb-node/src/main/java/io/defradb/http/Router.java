package io.defradb.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the endpoint of a request: a tree of path segments, where a written segment goes before a
 * parameter. When the written one knows the path but not the method, the parameter is tried too.
 */
final class Router {
  /** What was found. Without an endpoint, {@code allowed} says which methods the path knows. */
  record Match(
      @Nullable Endpoint endpoint,
      @Nullable Operation operation,
      Map<String, String> parameters,
      Set<Method> allowed) {}

  private static final String PLAIN_MARKS = "-_.~$&+,/:;=@";
  private static final Pattern ENCODED = Pattern.compile("[0-9A-F]{2}");
  private static final Match NOTHING = new Match(null, null, Map.of(), Set.of());

  private record Leaf(Endpoint endpoint, Operation operation, List<String> names) {}

  private static final class Node {
    final Map<String, Node> written = new HashMap<>();
    final Map<Method, Leaf> leaves = new EnumMap<>(Method.class);
    @Nullable Node parameter;
  }

  private final Node root = new Node();

  Router(Collection<? extends Endpoint> endpoints) {
    endpoints.forEach(this::add);
  }

  private void add(Endpoint endpoint) {
    Operation operation = endpoint.operation();
    Node node = root;
    var names = new ArrayList<String>();
    for (String segment : segments(operation.fullPath())) {
      if (segment.startsWith("{")) {
        names.add(segment.substring(1, segment.length() - 1));
        if (node.parameter == null) {
          node.parameter = new Node();
        }
        node = node.parameter;
      } else {
        node = node.written.computeIfAbsent(segment, unused -> new Node());
      }
    }
    var leaf = new Leaf(endpoint, operation, List.copyOf(names));
    if (node.leaves.putIfAbsent(operation.method(), leaf) != null) {
      throw new IllegalArgumentException(
          "two endpoints on " + operation.method() + " " + operation.fullPath());
    }
  }

  /** {@code path}: as sent, without the query. */
  Match find(String method, String path) {
    if (path.isEmpty() || path.charAt(0) != '/') {
      return NOTHING;
    }
    List<String> segments = segments(path);
    var values = new ArrayList<String>(2);
    var allowed = EnumSet.noneOf(Method.class);
    Leaf leaf = find(root, method, segments, 0, values, allowed);
    if (leaf == null) {
      return allowed.isEmpty() ? NOTHING : new Match(null, null, Map.of(), allowed);
    }
    var parameters = named(leaf.names, values, path);
    return new Match(leaf.endpoint, leaf.operation, parameters, Set.of());
  }

  private static @Nullable Leaf find(
      Node node,
      String method,
      List<String> segments,
      int depth,
      List<String> values,
      Set<Method> allowed) {
    if (depth == segments.size()) {
      for (Map.Entry<Method, Leaf> leaf : node.leaves.entrySet()) {
        if (leaf.getKey().name().equals(method)) {
          return leaf.getValue();
        }
        if (leaf.getValue().operation.isApi()) {
          allowed.add(leaf.getKey());
        }
      }
      return null;
    }
    String segment = segments.get(depth);
    Node written = node.written.get(segment);
    if (written != null) {
      Leaf leaf = find(written, method, segments, depth + 1, values, allowed);
      if (leaf != null) {
        return leaf;
      }
    }
    if (node.parameter == null || segment.isEmpty()) {
      return null;
    }
    values.add(segment);
    Leaf leaf = find(node.parameter, method, segments, depth + 1, values, allowed);
    if (leaf == null) {
      values.remove(values.size() - 1);
    }
    return leaf;
  }

  /**
   * Whether exactly those characters are written as {@code %} and digits that have to be. A
   * parameter of another path is, as in the reference, what is written.
   */
  private static boolean isWrittenAsUsual(String path) {
    for (int i = 0; i < path.length(); i++) {
      char character = path.charAt(i);
      if (character == '%') {
        String digits = path.substring(i + 1, Math.min(i + 3, path.length()));
        if (!ENCODED.matcher(digits).matches() || isPlain((char) Integer.parseInt(digits, 16))) {
          return false;
        }
        i += 2;
      } else if (!isPlain(character)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPlain(char character) {
    return character >= 'a' && character <= 'z'
        || character >= 'A' && character <= 'Z'
        || character >= '0' && character <= '9'
        || PLAIN_MARKS.indexOf(character) >= 0;
  }

  private static Map<String, String> named(List<String> names, List<String> values, String path) {
    if (names.isEmpty()) {
      return Map.of();
    }
    boolean isDecoded = path.indexOf('%') >= 0 && isWrittenAsUsual(path);
    var parameters = new LinkedHashMap<String, String>();
    for (int i = 0; i < names.size(); i++) {
      parameters.put(names.get(i), isDecoded ? decode(values.get(i)) : values.get(i));
    }
    return parameters;
  }

  private static String decode(String segment) {
    try {
      return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      return segment;
    }
  }

  private static List<String> segments(String path) {
    var segments = new ArrayList<String>(6);
    int from = 1;
    for (int slash = path.indexOf('/', from); slash >= 0; slash = path.indexOf('/', from)) {
      segments.add(path.substring(from, slash));
      from = slash + 1;
    }
    segments.add(path.substring(from));
    return segments;
  }
}
