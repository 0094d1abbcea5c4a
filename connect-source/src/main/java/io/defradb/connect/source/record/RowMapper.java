package io.defradb.connect.source.record;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.document.FieldKind;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * From a document's JSON to a row. Integers keep all 64 bits; fields that are not set stay null.
 */
final class RowMapper {
  private RowMapper() {}

  /** {@code null} for no document. */
  static @Nullable Struct row(Schema schema, CollectionDescription collection, JsonNode document) {
    if (!document.isObject()) {
      return null;
    }
    Struct row = new Struct(schema);
    collection
        .fields()
        .forEach(
            (name, kind) -> {
              JsonNode value = document.path(name);
              if (!value.isMissingNode() && (!value.isNull() || kind == FieldKind.JSON)) {
                row.put(name, value(kind, value));
              }
            });
    return row;
  }

  private static @Nullable Object value(FieldKind kind, JsonNode value) {
    if (value.isNull() && kind != FieldKind.JSON) {
      return null;
    }
    FieldKind element = kind.element();
    if (element != null) {
      List<@Nullable Object> items = new ArrayList<>(value.size());
      value.forEach(item -> items.add(value(element, item)));
      return items;
    }
    return switch (kind) {
      case BOOLEAN -> value.asBoolean();
      case INT -> value.asLong();
      case FLOAT64 -> value.asDouble();
      case FLOAT32 -> (float) value.asDouble();
      case JSON -> value.isNull() ? null : value.toString();
      default -> value.asText();
    };
  }
}
