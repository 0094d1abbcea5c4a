package io.defradb.iceberg;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/** Documents as rows, and rows as documents. */
final class Rows {
  private Rows() {}

  static Record of(Schema schema, Change change) {
    GenericRecord row = GenericRecord.create(schema);
    for (NestedField column : schema.columns()) {
      row.setField(column.name(), value(column, change));
    }
    return row;
  }

  private static @Nullable Object value(NestedField column, Change change) {
    return switch (column.name()) {
      case Columns.DOC_ID -> change.docId();
      case Columns.FEED -> change.feed();
      case Columns.SEQ -> change.seq();
      case Columns.CID -> change.cid();
      default -> value(column.type(), change.field(column.name()));
    };
  }

  private static @Nullable Object value(Type type, JsonNode json) {
    if (json.isNull() || json.isMissingNode()) {
      return null;
    }
    return switch (type.typeId()) {
      case BOOLEAN -> json.booleanValue();
      case INTEGER -> json.intValue();
      case LONG -> json.longValue();
      case FLOAT -> json.floatValue();
      case DOUBLE -> json.doubleValue();
      case TIMESTAMP -> OffsetDateTime.parse(json.textValue());
      case LIST -> {
        List<@Nullable Object> values = new ArrayList<>();
        json.forEach(item -> values.add(value(type.asListType().elementType(), item)));
        yield values;
      }
      default -> json.textValue();
    };
  }

  /** The document of a row, without the columns that tell of its change. */
  static ObjectNode document(Record row, ObjectMapper json) {
    ObjectNode document = json.createObjectNode();
    for (NestedField column : row.struct().fields()) {
      if (!column.name().startsWith("__")) {
        Object value = row.getField(column.name());
        document.set(
            column.name(),
            json.valueToTree(value instanceof OffsetDateTime time ? time.toString() : value));
      }
    }
    return document;
  }
}
