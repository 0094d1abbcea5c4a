package io.defradb.connect.source.record;

import io.defradb.client.Change;
import io.defradb.connect.source.offset.Lane;
import io.defradb.connect.source.settings.SourceSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/** New versions of collections as records, in the shape of Debezium's schema changes. */
public final class SchemaChangeEvents {
  private static final Schema KEY =
      SchemaBuilder.struct()
          .name("io.defradb.connector.SchemaChangeKey")
          .version(1)
          .field("databaseName", Schema.STRING_SCHEMA)
          .build();
  private static final Schema COLUMN =
      SchemaBuilder.struct()
          .name("io.defradb.connector.schema.Column")
          .version(1)
          .field("name", Schema.STRING_SCHEMA)
          .field("typeName", Schema.STRING_SCHEMA)
          .field("position", Schema.INT32_SCHEMA)
          .field("optional", Schema.BOOLEAN_SCHEMA)
          .build();
  private static final Schema TABLE =
      SchemaBuilder.struct()
          .name("io.defradb.connector.schema.Table")
          .version(1)
          .field(
              "primaryKeyColumnNames", SchemaBuilder.array(Schema.STRING_SCHEMA).optional().build())
          .field("columns", SchemaBuilder.array(COLUMN).build())
          .optional()
          .build();
  private static final Schema CHANGE =
      SchemaBuilder.struct()
          .name("io.defradb.connector.schema.Change")
          .version(1)
          .field("type", Schema.STRING_SCHEMA)
          .field("id", Schema.STRING_SCHEMA)
          .field("table", TABLE)
          .build();
  private static final Schema VALUE =
      SchemaBuilder.struct()
          .name("io.defradb.connector.SchemaChangeValue")
          .version(1)
          .field("ts_ms", Schema.INT64_SCHEMA)
          .field("databaseName", Schema.STRING_SCHEMA)
          .field("collection", Schema.STRING_SCHEMA)
          .field("schemaVersion", Schema.STRING_SCHEMA)
          .field("ordinal", Schema.INT32_SCHEMA)
          .field("feedId", Schema.STRING_SCHEMA)
          .field("seq", Schema.INT64_SCHEMA)
          .field("tableChanges", SchemaBuilder.array(CHANGE).build())
          .build();

  private final SourceSettings settings;
  private final Function<String, CollectionDescription> descriptions;

  /** {@code descriptions}: by schema version ID. */
  public SchemaChangeEvents(
      SourceSettings settings, Function<String, CollectionDescription> descriptions) {
    this.settings = settings;
    this.descriptions = descriptions;
  }

  public SourceRecord record(Lane lane, String feedId, Change<?> entry, Map<String, ?> offset) {
    CollectionDescription version = descriptions.apply(entry.schemaVersionId());
    Instant time = entry.time();
    long millis = time == null ? 0 : time.toEpochMilli();
    List<Struct> columns = new ArrayList<>();
    version
        .only(settings.filter())
        .fields()
        .forEach(
            (name, kind) ->
                columns.add(
                    new Struct(COLUMN)
                        .put("name", name)
                        .put("typeName", kind.name())
                        .put("position", columns.size() + 1)
                        .put("optional", true)));
    Struct change =
        new Struct(CHANGE)
            .put("type", version.ordinal() == 1 ? "CREATE" : "ALTER")
            .put("id", version.name())
            .put(
                "table",
                new Struct(TABLE)
                    .put("primaryKeyColumnNames", List.of("docID"))
                    .put("columns", columns));
    Struct value =
        new Struct(VALUE)
            .put("ts_ms", millis)
            .put("databaseName", settings.topicPrefix())
            .put("collection", version.name())
            .put("schemaVersion", version.schemaVersionId())
            .put("ordinal", version.ordinal())
            .put("feedId", feedId)
            .put("seq", entry.seq())
            .put("tableChanges", List.of(change));
    return new SourceRecord(
        lane.toPartition(),
        offset,
        settings.topics().schemaChangeTopic(),
        null,
        KEY,
        new Struct(KEY).put("databaseName", settings.topicPrefix()),
        VALUE,
        value,
        millis);
  }
}
