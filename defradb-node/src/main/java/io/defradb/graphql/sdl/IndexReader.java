package io.defradb.graphql.sdl;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.schema.IndexDescription.IndexedField;
import io.defradb.schema.IndexRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code @index}. */
final class IndexReader {
  private static final Map<String, Literal.Kind> ARGUMENTS =
      Map.of(
          "name", Literal.Kind.STRING,
          "unique", Literal.Kind.BOOLEAN,
          "direction", Literal.Kind.ENUM,
          "includes", Literal.Kind.LIST);
  private static final Map<String, Literal.Kind> FIELD_ARGUMENTS =
      Map.of("field", Literal.Kind.STRING, "direction", Literal.Kind.ENUM);

  private IndexReader() {}

  /** More is asked than GraphQL asks of arguments: no null, and a list of one is written as one. */
  private static void require(Literal value, Literal.@Nullable Kind kind) {
    if (value.kind() != kind) {
      throw new DefraException(ErrorCode.INVALID_SCHEMA, "index with invalid argument");
    }
  }

  /** {@code fieldName}: of the field it stands on; {@code null} on a type. */
  static IndexRequest read(SdlDocument.Directive directive, @Nullable String fieldName) {
    directive.arguments().forEach(it -> require(it.value(), ARGUMENTS.get(it.name())));
    Literal name = directive.argument("name");
    if (name != null && !IndexRequest.isName(name.text())) {
      throw new DefraException(
          ErrorCode.INVALID_SCHEMA, "index with invalid name", "Name", name.text());
    }
    Literal unique = directive.argument("unique");
    boolean isDescending = isDescending(directive.argument("direction"), false);
    List<IndexedField> fields = new ArrayList<>();
    Literal includes = directive.argument("includes");
    if (includes != null) {
      includes.items().forEach(item -> fields.add(field(item, isDescending)));
    }
    if (fieldName != null && fields.stream().noneMatch(field -> field.name().equals(fieldName))) {
      fields.add(0, new IndexedField(fieldName, isDescending));
    }
    if (fields.isEmpty()) {
      throw new DefraException(ErrorCode.INVALID_SCHEMA, "index missing fields");
    }
    return new IndexRequest(
        name == null ? "" : name.text(), fields, unique != null && unique.isTrue());
  }

  private static IndexedField field(Literal item, boolean isDescendingByDefault) {
    require(item, Literal.Kind.OBJECT);
    String name = "";
    Literal direction = null;
    for (Literal.Field field : item.fields()) {
      require(field.value(), FIELD_ARGUMENTS.get(field.name()));
      if (field.name().equals("field")) {
        name = field.value().text();
      } else {
        direction = field.value();
      }
    }
    return new IndexedField(name, isDescending(direction, isDescendingByDefault));
  }

  private static boolean isDescending(@Nullable Literal direction, boolean byDefault) {
    return direction == null ? byDefault : direction.text().equals("DESC");
  }
}
