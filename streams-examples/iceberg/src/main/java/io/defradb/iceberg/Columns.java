package io.defradb.iceberg;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;

/**
 * A table's columns: the DocID, which change wrote the row (in columns that begin with two
 * underscores: GraphQL keeps such names for itself, so that no field has one), and the document's
 * fields with the types that the events' schema says.
 */
final class Columns {
  static final String DOC_ID = "_docID";
  static final String FEED = "__feed";
  static final String SEQ = "__seq";
  static final String CID = "__cid";

  /** What every table has, whatever its documents. */
  static final Schema OWN =
      new Schema(
          NestedField.required(1, DOC_ID, Types.StringType.get()),
          NestedField.required(2, FEED, Types.StringType.get()),
          NestedField.required(3, SEQ, Types.LongType.get()),
          NestedField.required(4, CID, Types.StringType.get()));

  private static final String ZONED_TIMESTAMP = "io.debezium.time.ZonedTimestamp";

  private int lastId;

  private Columns() {}

  /** The fields of a struct; their numbers mean nothing beyond this schema. */
  static Schema of(JsonNode struct) {
    var columns = new Columns();
    List<NestedField> fields = new ArrayList<>();
    for (JsonNode field : struct.path("fields")) {
      String name = field.path("field").asText();
      if (!name.equals(DOC_ID)) {
        fields.add(NestedField.optional(++columns.lastId, name, columns.type(field)));
      }
    }
    return new Schema(fields);
  }

  private Type type(JsonNode schema) {
    String type = schema.path("type").asText();
    return switch (type) {
      case "boolean" -> Types.BooleanType.get();
      case "int8", "int16", "int32" -> Types.IntegerType.get();
      case "int64" -> Types.LongType.get();
      case "float" -> Types.FloatType.get();
      case "double" -> Types.DoubleType.get();
      case "string" ->
          schema.path("name").asText().equals(ZONED_TIMESTAMP)
              ? Types.TimestampType.withZone()
              : Types.StringType.get();
      case "array" -> {
        int id = ++lastId;
        yield Types.ListType.ofOptional(id, type(schema.path("items")));
      }
      default ->
          throw new TableException(
              "The field "
                  + schema.path("field")
                  + " has the type "
                  + type
                  + ", which has no column",
              null);
    };
  }
}
