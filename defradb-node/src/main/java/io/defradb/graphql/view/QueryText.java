package io.defradb.graphql.view;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a stored query as the text of a request: the reverse of {@link QueryJson}. */
final class QueryText {
  private static final int DEPTH_MAX = 100;

  private final StringBuilder out = new StringBuilder();
  private int depth;

  private QueryText() {}

  /** Throws INVALID_REQUEST for what cannot be written. */
  static String of(JsonNode select) {
    var text = new QueryText();
    text.out.append("query { ");
    text.field(select);
    return text.out.append('}').toString();
  }

  private void field(JsonNode field) {
    enter();
    JsonNode alias = field.path("Alias");
    if (alias.isTextual() && !alias.textValue().isEmpty()) {
      out.append(name(alias)).append(": ");
    }
    out.append(name(field.path("Name")));
    if (field.path("Fields").isArray()) {
      arguments(selectArguments(field));
      out.append(" { ");
      field.path("Fields").forEach(this::field);
      out.append('}');
    } else if (field.path("Targets").isArray()) {
      var targets = new ArrayList<String>();
      field.path("Targets").forEach(target -> targets.add(target(target)));
      arguments(targets);
    } else if (field.path("Target").isTextual()) {
      arguments(
          List.of(
              name(field.path("Target")) + ": {vector: " + literal(field.path("Vector")) + "}"));
    }
    out.append(' ');
    depth--;
  }

  private void enter() {
    if (++depth > DEPTH_MAX) {
      throw new DefraException(
          ErrorCode.TOO_LARGE, "query of a view is nested too deeply", "Max", DEPTH_MAX);
    }
  }

  private void arguments(List<String> arguments) {
    if (!arguments.isEmpty()) {
      out.append('(').append(String.join(", ", arguments)).append(')');
    }
  }

  private List<String> selectArguments(JsonNode select) {
    var arguments = new ArrayList<String>();
    bounds(select, arguments);
    order(select, null, arguments);
    filter(select, arguments);
    add("docID", select.path("DocIDs"), arguments);
    add("cid", select.path("CID"), arguments);
    JsonNode groupBy = select.path("GroupBy").path("Fields");
    if (groupBy.isArray()) {
      var fields = new ArrayList<String>();
      groupBy.forEach(field -> fields.add(name(field)));
      arguments.add("groupBy: [" + String.join(", ", fields) + "]");
    }
    if (select.path("ShowDeleted").asBoolean()) {
      arguments.add("showDeleted: true");
    }
    return arguments;
  }

  private String target(JsonNode target) {
    var members = new ArrayList<String>();
    JsonNode child = target.path("ChildName");
    boolean isOfField = !child.asText("").isEmpty();
    if (isOfField) {
      members.add("field: " + name(child));
    }
    bounds(target, members);
    order(target, isOfField ? null : target.path("HostName"), members);
    filter(target, members);
    return name(target.path("HostName")) + ": {" + String.join(", ", members) + "}";
  }

  private void bounds(JsonNode of, List<String> arguments) {
    add("limit", of.path("Limit"), arguments);
    add("offset", of.path("Offset"), arguments);
  }

  private void filter(JsonNode of, List<String> arguments) {
    add("filter", of.path("Filter").path("Conditions"), arguments);
  }

  private void add(String name, JsonNode value, List<String> arguments) {
    if (!value.isMissingNode() && !value.isNull()) {
      arguments.add(name + ": " + literal(value));
    }
  }

  /** {@code array}: what an order by itself alone is a bare direction of; null: nothing. */
  private void order(JsonNode of, @Nullable JsonNode array, List<String> arguments) {
    JsonNode conditions = of.path("OrderBy").path("Conditions");
    if (!conditions.isArray() || conditions.isEmpty()) {
      return;
    }
    JsonNode first = conditions.get(0);
    boolean isBare =
        array != null
            && first.path("Fields").size() == 1
            && first.path("Fields").get(0).equals(array);
    if (isBare) {
      arguments.add("order: " + name(first.path("Direction")));
      return;
    }
    var items = new ArrayList<String>();
    for (JsonNode condition : conditions) {
      items.add(condition(condition));
    }
    arguments.add("order: [" + String.join(", ", items) + "]");
  }

  private String condition(JsonNode condition) {
    var text = new StringBuilder();
    JsonNode path = condition.path("Fields");
    path.forEach(field -> text.append('{').append(name(field)).append(": "));
    return text.append(name(condition.path("Direction")))
        .append("}".repeat(path.size()))
        .toString();
  }

  private String literal(JsonNode value) {
    enter();
    String text =
        switch (value.getNodeType()) {
          case OBJECT -> {
            var members = new ArrayList<String>();
            value
                .properties()
                .forEach(it -> members.add(checked(it.getKey()) + ": " + literal(it.getValue())));
            yield "{" + String.join(", ", members) + "}";
          }
          case ARRAY -> {
            var items = new ArrayList<String>();
            value.forEach(item -> items.add(literal(item)));
            yield "[" + String.join(", ", items) + "]";
          }
          case NUMBER, BOOLEAN, STRING -> value.toString(); // JSON's escapes are GraphQL's
          default -> "null";
        };
    depth--;
    return text;
  }

  private static String name(JsonNode node) {
    return checked(node.asText());
  }

  private static String checked(String name) {
    if (!ViewWords.NAME.matcher(name).matches()) {
      throw new DefraException(
          ErrorCode.INVALID_REQUEST, "query of a view holds an invalid name", "Name", name);
    }
    return name;
  }
}
