package io.defradb.acp.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.composer.ComposerException;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;
import org.yaml.snakeyaml.scanner.ScannerException;

/** YAML as the JSON that it means; a key may stand in a map once. */
final class PolicyYaml {
  private static final int NODES_MAX = 100_000;

  private static final String UNKNOWN_ALIAS = "found undefined alias ";

  private final List<String> faults = new ArrayList<>();
  private int nodes;

  private PolicyYaml() {}

  /** Throws INVALID_ARGUMENT, its text beginning with {@code yaml: }. */
  static JsonNode read(String text) {
    try {
      var options = new LoaderOptions();
      var parser = new ParserImpl(new StreamReader(new StringReader(text)), options);
      Node root = new Composer(parser, new Resolver(), options).getSingleNode();
      return root == null ? NullNode.getInstance() : new PolicyYaml().whole(root);
    } catch (ComposerException e) {
      throw fault(problem(e));
    } catch (MarkedYAMLException e) {
      throw fault(line(e, text.codePointCount(0, text.length())) + problem(e));
    } catch (YAMLException e) {
      throw fault(String.valueOf(e.getMessage()));
    }
  }

  /** Counted as users of a DefraDB node read it: the parser from 0, the scanner from 1. */
  private static String line(MarkedYAMLException e, int length) {
    int line = place(e.getProblemMark());
    boolean isScanned = e instanceof ScannerException;
    if (line > 0 && isScanned) {
      line++;
    }
    if (isAtEnd(e.getProblemMark(), length) && (!isScanned || problem(e).endsWith("':'"))) {
      line++; // the end is a line of its own
    }
    if (line == 0) {
      line = place(e.getContextMark());
    }
    return line == 0 ? "" : "line " + line + ": ";
  }

  private static boolean isAtEnd(@Nullable Mark mark, int length) {
    return mark != null && mark.getIndex() >= length && mark.getColumn() > 0;
  }

  private static int place(@Nullable Mark mark) {
    return mark == null ? 0 : mark.getLine();
  }

  /** In the words of the library that users of a DefraDB node read. */
  private static String problem(MarkedYAMLException e) {
    String problem = String.valueOf(e.getProblem());
    if (problem.startsWith("expected the node content")) {
      return "did not find expected node content";
    }
    if (problem.startsWith("expected <block end>")) {
      boolean isMapping = String.valueOf(e.getContext()).contains("mapping");
      return "did not find expected " + (isMapping ? "key" : "'-' indicator");
    }
    if (problem.startsWith("expected ',' or ")) {
      return "did not find " + problem.replaceFirst(", but got.*", "");
    }
    if (problem.startsWith("mapping values are not allowed")) {
      return "mapping values are not allowed in this context";
    }
    if (problem.startsWith("expected a comment or a line break")
        || problem.startsWith("expected chomping")) {
      return "did not find expected comment or line break";
    }
    if (problem.startsWith("unexpected character found")) {
      return "did not find expected alphabetic or numeric character";
    }
    if (problem.startsWith("sequence entries are not allowed")) {
      return "block sequence entries are not allowed in this context";
    }
    if (problem.startsWith("expected alphabetic or numeric character")) {
      return "could not find expected directive name";
    }
    if (problem.startsWith(UNKNOWN_ALIAS)) {
      return "unknown anchor '" + problem.substring(UNKNOWN_ALIAS.length()) + "' referenced";
    }
    if (problem.startsWith("found character")) {
      return "found character that cannot start any token";
    }
    return problem;
  }

  private JsonNode whole(Node root) {
    JsonNode json = json(root);
    if (!faults.isEmpty()) {
      throw fault("unmarshal errors:\n" + String.join("\n", faults));
    }
    return json;
  }

  private JsonNode json(@Nullable Node node) {
    if (++nodes > NODES_MAX) { // aliases can stand for more than was written
      throw fault("document is too large");
    }
    if (node instanceof MappingNode mapping) {
      return object(mapping);
    }
    if (node instanceof SequenceNode sequence) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      sequence.getValue().forEach(element -> array.add(json(element)));
      return array;
    }
    return node instanceof ScalarNode scalar ? scalar(scalar) : NullNode.getInstance();
  }

  private ObjectNode object(MappingNode mapping) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (NodeTuple entry : mapping.getValue()) {
      String key = key(entry);
      if (object.has(key)) {
        int line = entry.getValueNode().getStartMark().getLine() + 1;
        faults.add("  line " + line + ": key \"" + key + "\" already set in map");
      }
      object.set(key, json(entry.getValueNode()));
    }
    return object;
  }

  private static String key(NodeTuple entry) {
    if (!(entry.getKeyNode() instanceof ScalarNode scalar)) {
      return "";
    }
    JsonNode key = scalar(scalar);
    if (key.isNull()) {
      throw new DefraException(
          ErrorCode.INVALID_ARGUMENT,
          "unsupported map key of type: %!s(<nil>), key: <nil>, value: "
              + (entry.getValueNode() instanceof ScalarNode value
                  ? scalar(value).toString()
                  : "map[interface {}]interface {}"));
    }
    return key.isBoolean() ? key.asText() : scalar.getValue();
  }

  private static JsonNode scalar(ScalarNode scalar) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    boolean isPlain = scalar.getScalarStyle() == DumperOptions.ScalarStyle.PLAIN;
    Tag tag = scalar.getTag();
    if (isPlain && tag.equals(Tag.NULL)) {
      return NullNode.getInstance();
    }
    if (isPlain && (tag.equals(Tag.BOOL) || scalar.getValue().matches("[yYnN]"))) {
      return json.booleanNode(scalar.getValue().matches("(?i)y|yes|true|on"));
    }
    boolean isNumber = tag.equals(Tag.INT) || tag.equals(Tag.FLOAT);
    return isPlain && isNumber ? json.numberNode(0) : json.textNode(scalar.getValue());
  }

  private static DefraException fault(String text) {
    return new DefraException(ErrorCode.INVALID_ARGUMENT, "yaml: " + text);
  }
}
