package io.defradb.connect.source.record;

import io.defradb.client.Change;
import io.defradb.client.Change.FieldConflict;
import io.defradb.client.Change.Side;
import io.defradb.connect.source.offset.Lane;
import io.defradb.connect.source.settings.SourceSettings;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * What a merge has lost, as records: the value that stays and the one that does not, with the
 * commit, the signer and the peer of each. One schema for all collections, so values are JSON.
 */
public final class ConflictEvents {
  private static final Schema KEY =
      SchemaBuilder.struct()
          .name("io.defradb.connector.ConflictKey")
          .version(1)
          .field("docID", Schema.STRING_SCHEMA)
          .build();
  private static final Schema SIDE =
      SchemaBuilder.struct()
          .name("io.defradb.connector.ConflictSide")
          .version(1)
          .field("cid", Schema.STRING_SCHEMA)
          .field("seq", Schema.OPTIONAL_INT64_SCHEMA)
          .field("height", Schema.OPTIONAL_INT64_SCHEMA)
          .field("ts_ms", Schema.OPTIONAL_INT64_SCHEMA)
          .field("origin", Schema.OPTIONAL_STRING_SCHEMA)
          .field("peer", Schema.OPTIONAL_STRING_SCHEMA)
          .field("signer", Schema.OPTIONAL_STRING_SCHEMA)
          .field("value", EventSchemas.json())
          .build();
  private static final Schema VALUE =
      SchemaBuilder.struct()
          .name("io.defradb.connector.Conflict")
          .version(1)
          .field("name", Schema.STRING_SCHEMA)
          .field("collection", Schema.STRING_SCHEMA)
          .field("schemaVersion", Schema.STRING_SCHEMA)
          .field("docID", Schema.STRING_SCHEMA)
          .field("field", Schema.STRING_SCHEMA)
          .field("deleted", Schema.BOOLEAN_SCHEMA)
          .field("feedId", Schema.STRING_SCHEMA)
          .field("seq", Schema.INT64_SCHEMA)
          .field("ts_ms", Schema.OPTIONAL_INT64_SCHEMA)
          .field("kept", SIDE)
          .field("lost", SIDE)
          .build();

  private final SourceSettings settings;

  public ConflictEvents(SourceSettings settings) {
    this.settings = settings;
  }

  /** {@code entry}: with which the two met here. */
  public SourceRecord record(
      Lane lane, String feedId, Change<?> entry, FieldConflict conflict, Map<String, ?> offset) {
    Instant time = entry.time();
    Struct value =
        new Struct(VALUE)
            .put("name", settings.topicPrefix())
            .put("collection", entry.collection())
            .put("schemaVersion", entry.schemaVersionId())
            .put("docID", entry.docId())
            .put("field", conflict.field())
            .put("deleted", entry.isDeleted())
            .put("feedId", feedId)
            .put("seq", entry.seq())
            .put("ts_ms", time == null ? null : time.toEpochMilli())
            .put("kept", side(conflict.kept()))
            .put("lost", side(conflict.lost()));
    return new SourceRecord(
        lane.toPartition(),
        offset,
        settings.topics().conflictTopic(),
        null,
        KEY,
        new Struct(KEY).put("docID", entry.docId()),
        VALUE,
        value,
        time == null ? null : time.toEpochMilli());
  }

  private static Struct side(Side side) {
    Struct struct = new Struct(SIDE).put("cid", side.cid()).put("value", side.valueJson());
    Instant time = side.time();
    if (side.seq() > 0) {
      struct.put("seq", side.seq()).put("height", side.height());
    }
    return struct
        .put("ts_ms", time == null ? null : time.toEpochMilli())
        .put("origin", side.origin())
        .put("peer", side.peer())
        .put("signer", side.signer());
  }
}
