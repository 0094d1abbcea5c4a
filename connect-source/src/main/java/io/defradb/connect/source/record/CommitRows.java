package io.defradb.connect.source.record;

import io.defradb.client.Change;
import io.defradb.client.Change.FieldBlock;
import io.defradb.multiformats.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * Commits as rows: the composite block, every field block it links, and the blocks that sign them,
 * byte for byte, so that whoever has the row can recompute CIDs, links and signatures. One schema
 * for all versions of a collection.
 */
final class CommitRows {
  private static final Schema FIELD =
      SchemaBuilder.struct()
          .name("io.defradb.connector.FieldBlock")
          .version(1)
          .field("name", Schema.STRING_SCHEMA)
          .field("cid", Schema.STRING_SCHEMA)
          .field("block", Schema.BYTES_SCHEMA)
          .field("signature", Schema.OPTIONAL_BYTES_SCHEMA)
          .build();

  private CommitRows() {}

  /** {@code prefix}: what the schema's name begins with. */
  static Schema schema(String prefix) {
    return SchemaBuilder.struct()
        .name(prefix + ".Commit")
        .version(1)
        .field("cid", Schema.STRING_SCHEMA)
        .field("docID", Schema.STRING_SCHEMA)
        .field("collection", Schema.STRING_SCHEMA)
        .field("schemaVersion", Schema.STRING_SCHEMA)
        .field("op", Schema.STRING_SCHEMA)
        .field("deleted", Schema.BOOLEAN_SCHEMA)
        .field("height", Schema.INT64_SCHEMA)
        .field("heads", SchemaBuilder.array(Schema.STRING_SCHEMA).build())
        .field("feedId", Schema.STRING_SCHEMA)
        .field("seq", Schema.INT64_SCHEMA)
        .field("ts_ms", Schema.INT64_SCHEMA)
        .field("origin", Schema.OPTIONAL_STRING_SCHEMA)
        .field("peer", Schema.OPTIONAL_STRING_SCHEMA)
        .field("signer", Schema.OPTIONAL_STRING_SCHEMA)
        .field("winner", Schema.OPTIONAL_STRING_SCHEMA)
        .field("block", Schema.BYTES_SCHEMA)
        .field("signature", Schema.OPTIONAL_BYTES_SCHEMA)
        .field("fields", SchemaBuilder.array(FIELD).build())
        .build();
  }

  /** {@code millis}: when the node applied it. */
  static Struct row(Schema schema, String feedId, Change<?> commit, long millis) {
    List<Struct> fields = new ArrayList<>(commit.fieldBlocks().size());
    for (FieldBlock field : commit.fieldBlocks()) {
      fields.add(
          new Struct(FIELD)
              .put("name", field.name())
              .put("cid", field.cid())
              .put("block", field.block().unsafeArray())
              .put("signature", array(field.signature())));
    }
    return new Struct(schema)
        .put("cid", commit.cid())
        .put("docID", commit.docId())
        .put("collection", commit.collection())
        .put("schemaVersion", commit.schemaVersionId())
        .put("op", commit.op().name().substring(0, 1).toLowerCase(Locale.ROOT))
        .put("deleted", commit.isDeleted())
        .put("height", commit.height())
        .put("heads", commit.heads())
        .put("feedId", feedId)
        .put("seq", commit.seq())
        .put("ts_ms", millis)
        .put("origin", commit.origin())
        .put("peer", commit.peer())
        .put("signer", commit.signer())
        .put("winner", commit.winner())
        .put("block", array(commit.block() == null ? Bytes.EMPTY : commit.block()))
        .put("signature", array(commit.signature()))
        .put("fields", fields);
  }

  private static byte @Nullable [] array(@Nullable Bytes bytes) {
    return bytes == null ? null : bytes.unsafeArray();
  }
}
