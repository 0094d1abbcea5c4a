package io.defradb.connect.source.record;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.client.ImageReader;
import io.defradb.connect.source.record.EventSchemas.Column;
import io.defradb.document.FieldKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * From a document's JSON to a row, on the thread that reads the feed. Integers keep all 64 bits;
 * fields that are not set stay null, and those that nobody wants are passed over. Safe for use by
 * many threads.
 */
public final class RowReader implements ImageReader<Struct> {
  private final VersionSchemas schemas;

  public RowReader(VersionSchemas schemas) {
    this.schemas = schemas;
  }

  @Override
  public Struct read(String schemaVersionId, JsonParser json) throws IOException {
    EventSchemas types = schemas.of(schemaVersionId);
    Struct row = new Struct(types.row());
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      Column column = types.columns().get(name);
      JsonToken token = json.nextToken();
      if (column == null || token == JsonToken.VALUE_NULL) {
        json.skipChildren();
      } else {
        row.put(column.field(), value(column.kind(), json));
      }
    }
    return row;
  }

  private @Nullable Object value(FieldKind kind, JsonParser json) throws IOException {
    FieldKind element = kind.element();
    if (element != null) {
      List<@Nullable Object> items = new ArrayList<>();
      while (json.nextToken() != JsonToken.END_ARRAY) {
        items.add(json.currentToken() == JsonToken.VALUE_NULL ? null : value(element, json));
      }
      return items;
    }
    return switch (kind) {
      case BOOLEAN -> json.getBooleanValue();
      case INT -> json.getLongValue();
      case FLOAT64 -> json.getDoubleValue();
      case FLOAT32 -> (float) json.getDoubleValue();
      case JSON -> json.<JsonNode>readValueAsTree().toString();
      case BLOB -> schemas.binary().of(json.getText());
      default -> json.getText();
    };
  }

  /** The same values in another version's row: the fields that both have. */
  static @Nullable Struct as(EventSchemas types, @Nullable Struct row) {
    if (row == null || row.schema() == types.row()) {
      return row;
    }
    Struct other = new Struct(types.row());
    types
        .columns()
        .forEach(
            (name, column) -> {
              var field = row.schema().field(name);
              if (field != null && field.schema().equals(column.field().schema())) {
                other.put(column.field(), row.get(field));
              }
            });
    return other;
  }
}
