package io.defradb.graphql;

import io.defradb.graphql.syntax.Document;
import io.defradb.graphql.syntax.Literal;
import io.defradb.graphql.syntax.Node;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Prints a parsed request as GraphQL again. */
final class DocumentPrinter {
  private DocumentPrinter() {}

  static String print(Document document) {
    return document.definitions().stream()
        .map(DocumentPrinter::definition)
        .collect(Collectors.joining(" "));
  }

  private static String definition(Document.Definition definition) {
    if (definition instanceof Document.Fragment fragment) {
      return "fragment "
          + fragment.name()
          + " on "
          + fragment.onType()
          + directives(fragment.directives())
          + children(fragment.children());
    }
    var operation = (Document.Operation) definition;
    String variables =
        operation.variables().stream()
            .map(
                it ->
                    "$"
                        + it.name()
                        + ": "
                        + it.type()
                        + (it.defaultValue() == null ? "" : " = " + literal(it.defaultValue())))
            .collect(Collectors.joining(" "));
    return operation.kind().name().toLowerCase(Locale.ROOT)
        + " "
        + (operation.name() == null ? "" : operation.name())
        + (variables.isEmpty() ? "" : "(" + variables + ")")
        + directives(operation.directives())
        + children(operation.children());
  }

  private static String children(@Nullable List<Node> nodes) {
    return nodes == null
        ? ""
        : nodes.stream().map(DocumentPrinter::node).collect(Collectors.joining(" ", "{", "}"));
  }

  private static String node(Node node) {
    if (node instanceof Node.Spread spread) {
      return "..." + spread.fragment() + directives(spread.directives());
    }
    if (node instanceof Node.Inline inline) {
      String condition = inline.onType() == null ? "" : " on " + inline.onType();
      return "..." + condition + directives(inline.directives()) + children(inline.children());
    }
    var field = (Node.Field) node;
    return (field.alias() == null ? "" : field.alias() + ": ")
        + field.name()
        + arguments(field.arguments())
        + directives(field.directives())
        + children(field.children());
  }

  private static String directives(List<Node.Directive> directives) {
    return directives.stream()
        .map(it -> " @" + it.name() + arguments(it.arguments()))
        .collect(Collectors.joining());
  }

  private static String arguments(List<Node.Argument> arguments) {
    return arguments.isEmpty()
        ? ""
        : arguments.stream()
            .map(it -> it.name() + ": " + literal(it.value()))
            .collect(Collectors.joining(" ", "(", ")"));
  }

  private static String literal(Literal literal) {
    if (literal instanceof Literal.Items items) {
      return items.values().stream()
          .map(DocumentPrinter::literal)
          .collect(Collectors.joining(" ", "[", "]"));
    }
    if (literal instanceof Literal.Members object) {
      return object.members().stream()
          .map(it -> it.name() + ": " + literal(it.value()))
          .collect(Collectors.joining(" ", "{", "}"));
    }
    if (literal instanceof Literal.Text text) {
      return '"'
          + text.value()
              .codePoints()
              .mapToObj(DocumentPrinter::escaped)
              .collect(Collectors.joining())
          + '"';
    }
    return literal instanceof Literal.Null ? "null" : literal.toString();
  }

  private static String escaped(int c) {
    return c < 0x20 || c == '"' || c == '\\' ? String.format("\\u%04x", c) : Character.toString(c);
  }
}
