package io.defradb.query.operator;

import io.defradb.crdt.Delta;
import io.defradb.dag.Block;
import io.defradb.document.FieldKind;
import io.defradb.document.JsonWriter;
import io.defradb.document.Value;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import io.defradb.query.plan.CommitField;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** A commit. */
final class CommitRow extends Row {
  /** The field name of a document's own commits. */
  static final String COMPOSITE = "_C";

  private static final long OVERHEAD_BYTES = 512;
  private static final long LINK_BYTES = 160;

  private static final CommitField[] FIELDS = CommitField.values();

  private final Cid cid;
  private final Block block;

  CommitRow(Cid cid, Block block) {
    this.cid = cid;
    this.block = block;
  }

  Block block() {
    return block;
  }

  @Override
  long heldBytes() {
    Bytes data = data(block.delta());
    long links = (long) block.heads().size() + block.links().size();
    return OVERHEAD_BYTES + LINK_BYTES * links + (data == null ? 0 : data.length());
  }

  @Override
  CommitRow commit() {
    return this;
  }

  @Override
  Value value(int index) {
    return switch (FIELDS[index]) {
      case CID -> new Value.Text(cid.toString());
      case HEIGHT -> new Value.Int(block.delta().priority());
      case DOC_ID -> Value.text(docIdText(block.delta()));
      case FIELD_NAME -> Value.text(fieldName(block.delta()));
      case DELTA -> Value.text(base64(data(block.delta())));
      case SCHEMA_VERSION_ID -> new Value.Text(block.delta().schemaVersionId());
    };
  }

  @Override
  void writeValue(int index, FieldKind kind, JsonWriter out) {
    out.value(value(index));
  }

  /** {@code _C} for a document's commit, null for a collection's. */
  static @Nullable String fieldName(Delta delta) {
    if (delta instanceof Delta.Lww lww) {
      return lww.fieldName();
    }
    if (delta instanceof Delta.Counter counter) {
      return counter.fieldName();
    }
    return delta instanceof Delta.Composite ? COMPOSITE : null;
  }

  static @Nullable String docIdText(Delta delta) {
    if (delta instanceof Delta.Lww lww) {
      return lww.docId().text();
    }
    if (delta instanceof Delta.Counter counter) {
      return counter.docId().text();
    }
    return delta instanceof Delta.Composite composite ? composite.docId().text() : null;
  }

  private static @Nullable Bytes data(Delta delta) {
    if (delta instanceof Delta.Lww lww) {
      return lww.data();
    }
    return delta instanceof Delta.Counter counter ? counter.data() : null;
  }

  static @Nullable String base64(@Nullable Bytes bytes) {
    return bytes == null ? null : Base64.getEncoder().encodeToString(bytes.unsafeArray());
  }
}
