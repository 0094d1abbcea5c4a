package io.defradb.connect.source.record;

import io.defradb.connect.source.settings.EventLook;
import io.defradb.document.FieldKind;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;

/**
 * The Connect schemas of one collection version. Names are stable ({@code <topic>.Key}, {@code
 * .Value}, {@code .Envelope}), the number is the version's ordinal, its CID stands beside it as a
 * parameter.
 *
 * @param columns the row's fields, by name
 */
public record EventSchemas(
    String topic,
    Schema key,
    Schema row,
    Schema source,
    Schema transaction,
    Schema envelope,
    Schema commit,
    Map<String, Column> columns) {
  private static final String ZONED_TIMESTAMP = "io.debezium.time.ZonedTimestamp";
  private static final String JSON = "io.debezium.data.Json";

  /** Where a field's value goes, and how it is read. */
  public record Column(Field field, FieldKind kind) {}

  public static EventSchemas of(String topic, EventLook look, CollectionDescription collection) {
    String name = look.schemaName(topic);
    Schema key =
        SchemaBuilder.struct()
            .name(name + ".Key")
            .version(1)
            .field("docID", Schema.STRING_SCHEMA)
            .build();
    SchemaBuilder row = versioned(name + ".Value", collection).optional();
    collection.fields().forEach((field, kind) -> row.field(field, field(kind, look.binary())));
    Schema rowSchema = row.build();
    Schema source = sourceSchema();
    Schema transaction =
        SchemaBuilder.struct()
            .name("event.block")
            .version(1)
            .optional()
            .field("id", Schema.STRING_SCHEMA)
            .field("total_order", Schema.INT64_SCHEMA)
            .field("data_collection_order", Schema.INT64_SCHEMA)
            .build();
    Schema envelope =
        versioned(name + ".Envelope", collection)
            .field("before", rowSchema)
            .field("after", rowSchema)
            .field("source", source)
            .field("transaction", transaction)
            .field("op", Schema.STRING_SCHEMA)
            .field("ts_ms", Schema.OPTIONAL_INT64_SCHEMA)
            .field("ts_us", Schema.OPTIONAL_INT64_SCHEMA)
            .field("ts_ns", Schema.OPTIONAL_INT64_SCHEMA)
            .build();
    Map<String, Column> columns = new HashMap<>();
    collection
        .fields()
        .forEach((field, kind) -> columns.put(field, new Column(rowSchema.field(field), kind)));
    return new EventSchemas(
        topic, key, rowSchema, source, transaction, envelope, CommitRows.schema(name), columns);
  }

  private static SchemaBuilder versioned(String name, CollectionDescription collection) {
    return SchemaBuilder.struct()
        .name(name)
        .version(collection.ordinal())
        .parameters(Map.of("defradb.schemaVersionID", collection.schemaVersionId()));
  }

  private static Schema sourceSchema() {
    return SchemaBuilder.struct()
        .name("io.defradb.connector.Source")
        .version(1)
        .field("version", Schema.STRING_SCHEMA)
        .field("connector", Schema.STRING_SCHEMA)
        .field("name", Schema.STRING_SCHEMA)
        .field("ts_ms", Schema.INT64_SCHEMA)
        .field("ts_us", Schema.INT64_SCHEMA)
        .field("ts_ns", Schema.INT64_SCHEMA)
        .field("snapshot", Schema.OPTIONAL_STRING_SCHEMA)
        .field("db", Schema.STRING_SCHEMA)
        .field("table", Schema.STRING_SCHEMA)
        .field("collection", Schema.STRING_SCHEMA)
        .field("feedId", Schema.STRING_SCHEMA)
        .field("seq", Schema.INT64_SCHEMA)
        .field("docID", Schema.STRING_SCHEMA)
        .field("cid", Schema.STRING_SCHEMA)
        .field("height", Schema.INT64_SCHEMA)
        .field("heads", SchemaBuilder.array(Schema.STRING_SCHEMA).build())
        .field("origin", Schema.OPTIONAL_STRING_SCHEMA)
        .field("peer", Schema.OPTIONAL_STRING_SCHEMA)
        .field("signer", Schema.OPTIONAL_STRING_SCHEMA)
        .field("schemaVersion", Schema.STRING_SCHEMA)
        .build();
  }

  private static Schema field(FieldKind kind, EventLook.Binary binary) {
    FieldKind element = kind.element();
    if (element == null) {
      return scalar(kind, binary);
    }
    Schema item = scalar(element, binary);
    Schema required = SchemaBuilder.type(item.type()).build();
    return SchemaBuilder.array(kind.hasNillableElements() ? item : required).optional().build();
  }

  /** JSON text. */
  static Schema json() {
    return SchemaBuilder.string().name(JSON).version(1).optional().build();
  }

  private static Schema scalar(FieldKind kind, EventLook.Binary binary) {
    return switch (kind) {
      case BOOLEAN -> Schema.OPTIONAL_BOOLEAN_SCHEMA;
      case INT -> Schema.OPTIONAL_INT64_SCHEMA;
      case FLOAT64 -> Schema.OPTIONAL_FLOAT64_SCHEMA;
      case FLOAT32 -> Schema.OPTIONAL_FLOAT32_SCHEMA;
      case DATE_TIME -> SchemaBuilder.string().name(ZONED_TIMESTAMP).version(1).optional().build();
      case JSON -> json();
      case BLOB ->
          binary == EventLook.Binary.BYTES
              ? Schema.OPTIONAL_BYTES_SCHEMA
              : Schema.OPTIONAL_STRING_SCHEMA;
      default -> Schema.OPTIONAL_STRING_SCHEMA;
    };
  }
}
