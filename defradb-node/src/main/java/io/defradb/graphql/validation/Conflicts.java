package io.defradb.graphql.validation;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.graphql.syntax.Node;
import io.defradb.graphql.syntax.Selections;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds fields that claim one key of the answer and are not the same. */
final class Conflicts {
  private static final String HINT =
      ". Use different aliases on the fields to fetch both if this was intentional.";

  private static final int DEPTH_MAX = 200;

  private final Selections selections;

  Conflicts(Selections selections) {
    this.selections = selections;
  }

  /** Between the fields of one selection set. */
  List<String> within(List<Node> nodes) {
    var messages = new ArrayList<String>();
    groups(nodes)
        .forEach(
            (responseName, fields) -> {
              for (int i = 1; i < fields.size(); i++) {
                String reason = between(fields.get(0), fields.get(i), 0);
                if (reason != null) {
                  messages.add("Fields \"" + responseName + "\" conflict because " + reason + HINT);
                }
              }
            });
    return messages;
  }

  private Map<String, List<Node.Field>> groups(List<Node> nodes) {
    var groups = new LinkedHashMap<String, List<Node.Field>>();
    for (Node.Field field : selections.spread(nodes)) {
      groups.computeIfAbsent(field.responseName(), name -> new ArrayList<>(1)).add(field);
    }
    return groups;
  }

  @SuppressWarnings("ReferenceEquality") // the same place in the text
  private @Nullable String between(Node.Field first, Node.Field second, int depth) {
    if (first == second) {
      return null;
    }
    if (depth > DEPTH_MAX) {
      throw new DefraException(
          ErrorCode.TOO_LARGE, "request is too large", "Limit", "depth", "Max", DEPTH_MAX);
    }
    if (!first.name().equals(second.name())) {
      return first.name() + " and " + second.name() + " are different fields";
    }
    if (!hasSameArguments(first, second)) {
      return "they have differing arguments";
    }
    if (first.children() == null || second.children() == null) {
      return null;
    }
    Map<String, List<Node.Field>> others = groups(second.children());
    for (Map.Entry<String, List<Node.Field>> group : groups(first.children()).entrySet()) {
      List<Node.Field> other = others.getOrDefault(group.getKey(), List.of());
      String reason =
          other.isEmpty() ? null : between(group.getValue().get(0), other.get(0), depth + 1);
      if (reason != null) {
        return "subfields \"" + group.getKey() + "\" conflict because " + reason;
      }
    }
    return null;
  }

  private static boolean hasSameArguments(Node.Field first, Node.Field second) {
    if (first.arguments().size() != second.arguments().size()) {
      return false;
    }
    var given = new HashMap<String, Object>();
    first.arguments().forEach(it -> given.put(it.name(), it.value()));
    return second.arguments().stream().allMatch(it -> it.value().equals(given.get(it.name())));
  }
}
