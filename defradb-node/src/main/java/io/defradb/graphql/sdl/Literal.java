package io.defradb.graphql.sdl;

import io.defradb.document.Quotation;
import java.util.List;

/** A literal in SDL. Only what its {@code kind} says is set. */
record Literal(Kind kind, String text, List<Literal> items, List<Field> fields) {
  enum Kind {
    INT,
    FLOAT,
    STRING,
    BOOLEAN,
    NULL,
    ENUM,
    LIST,
    OBJECT
  }

  record Field(String name, Literal value) {}

  static Literal of(Kind kind, String text) {
    return new Literal(kind, text, List.of(), List.of());
  }

  static Literal list(List<Literal> items) {
    return new Literal(Kind.LIST, "", List.copyOf(items), List.of());
  }

  static Literal object(List<Field> fields) {
    return new Literal(Kind.OBJECT, "", List.of(), List.copyOf(fields));
  }

  boolean isTrue() {
    return kind == Kind.BOOLEAN && text.equals("true");
  }

  /** As faults print it: a GraphQL literal. */
  String print() {
    return switch (kind) {
      case STRING -> Quotation.of(text);
      case NULL -> "<nil>";
      case LIST -> "[" + String.join(", ", items.stream().map(Literal::print).toList()) + "]";
      case OBJECT ->
          "{"
              + String.join(
                  ", ", fields.stream().map(f -> f.name() + ": " + f.value().print()).toList())
              + "}";
      case INT, FLOAT, BOOLEAN, ENUM -> text;
    };
  }
}
