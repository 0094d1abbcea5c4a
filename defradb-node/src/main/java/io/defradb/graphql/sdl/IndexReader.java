package io.defradb.graphql.sdl;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.schema.IndexDescription.IndexedField;
import io.defradb.schema.IndexRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code @index}. */
final class IndexReader {
  private IndexReader() {}

  /** {@code fieldName}: of the field it stands on; {@code null} on a type. */
  static IndexRequest read(SdlDocument.Directive directive, @Nullable String fieldName) {
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
      List<Literal> items =
          includes.kind() == Literal.Kind.LIST ? includes.items() : List.of(includes);
      items.forEach(item -> fields.add(field(item, isDescending)));
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
    String name = "";
    Literal direction = null;
    for (Literal.Field field : item.fields()) {
      if (field.name().equals("field")) {
        name = field.value().text();
      } else {
        direction = field.value();
      }
    }
    return new IndexedField(name, isDescending(direction, isDescendingByDefault));
  }

  private static boolean isDescending(@Nullable Literal direction, boolean byDefault) {
    if (direction == null || direction.kind() == Literal.Kind.NULL) {
      return byDefault;
    }
    return direction.text().equals("DESC");
  }
}
