package io.defradb.graphql;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.List;
import java.util.stream.StreamSupport;

/** Prints an introspection as the SDL in which the reference's types are kept. */
final class SchemaPrinter {
  private SchemaPrinter() {}

  static String print(JsonNode schema) {
    var text = new StringBuilder();
    for (JsonNode type : sorted(schema.get("types"))) {
      if (!type.get("name").asText().startsWith("__")) {
        type(type, text);
      }
    }
    for (JsonNode directive : sorted(schema.get("directives"))) {
      text.append("directive @").append(directive.get("name").asText());
      text.append(arguments(directive.get("args"))).append(" on ");
      text.append(String.join(" | ", texts(directive.get("locations")))).append('\n');
    }
    return text.toString();
  }

  private static void type(JsonNode type, StringBuilder text) {
    String name = type.get("name").asText();
    switch (type.get("kind").asText()) {
      case "SCALAR" -> text.append("scalar ").append(name).append('\n');
      case "ENUM" -> {
        List<String> values =
            sorted(type.get("enumValues")).stream().map(SchemaPrinter::name).toList();
        text.append("enum ").append(name).append(" { ");
        text.append(String.join(" ", values)).append(" }\n");
      }
      case "INPUT_OBJECT" -> {
        text.append("input ").append(name).append(" {\n");
        for (JsonNode field : sorted(type.get("inputFields"))) {
          text.append("  ").append(input(field)).append('\n');
        }
        text.append("}\n");
      }
      default -> {
        text.append("type ").append(name).append(" {\n");
        for (JsonNode field : sorted(type.get("fields"))) {
          text.append("  ").append(name(field)).append(arguments(field.get("args")));
          text.append(": ").append(reference(field.get("type"))).append('\n');
        }
        text.append("}\n");
      }
    }
  }

  private static String arguments(JsonNode arguments) {
    List<String> printed = sorted(arguments).stream().map(SchemaPrinter::input).toList();
    return printed.isEmpty() ? "" : "(" + String.join(", ", printed) + ")";
  }

  private static String input(JsonNode input) {
    return name(input) + ": " + reference(input.get("type"));
  }

  private static String reference(JsonNode type) {
    return switch (type.get("kind").asText()) {
      case "LIST" -> "[" + reference(type.get("ofType")) + "]";
      case "NON_NULL" -> reference(type.get("ofType")) + "!";
      default -> name(type);
    };
  }

  private static String name(JsonNode node) {
    return node.get("name").asText();
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  private static List<JsonNode> sorted(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .sorted(Comparator.comparing(SchemaPrinter::name))
        .toList();
  }
}
