package io.defradb.db.apply;

import io.defradb.crdt.Counter;
import io.defradb.crdt.Delta;
import io.defradb.crdt.LwwRegister;
import io.defradb.dag.Block;
import io.defradb.db.keys.DocumentRecord;
import io.defradb.db.keys.DocumentRecord.Field;
import io.defradb.db.keys.Head;
import io.defradb.db.keys.StoredFields;
import io.defradb.document.FieldKind;
import io.defradb.document.Value;
import io.defradb.document.ValueCbor;
import io.defradb.error.DefraException;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import io.defradb.schema.CollectionField;
import io.defradb.schema.CollectionVersion;
import io.defradb.schema.SchemaFieldKind;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * A document's record while blocks are applied to it (data-model specification, sections 7 and 8):
 * parents before children, each block once. Reads and stores nothing. For one thread.
 */
public final class DocumentState {
  private static final Field UNSET = new Field(ValueCbor.NULL, 0, List.of());

  private final CollectionVersion collection;
  private final DocumentRecord record;
  private final ToIntFunction<String> versionNumbers;

  /** What a field block did to its field. */
  public enum Effect {
    /** Its value is the field's now, or is part of the sum. */
    WON,
    /** Another value stays. */
    LOST,
    /**
     * It is part of the sum, which depends on the order of its parts, and this one came late:
     * {@link #forget} the field and apply its blocks again by priority, then CID.
     */
    OUT_OF_ORDER,
    /** The collection version has no such field. */
    UNKNOWN_FIELD
  }

  /**
   * @param collection the version whose fields are known
   * @param versionNumbers local number of a version ID; 0 for an unknown one
   */
  public DocumentState(
      CollectionVersion collection, DocumentRecord record, ToIntFunction<String> versionNumbers) {
    this.collection = collection;
    this.record = record;
    this.versionNumbers = versionNumbers;
  }

  public DocumentRecord record() {
    return record;
  }

  public CollectionVersion collection() {
    return collection;
  }

  /** The heads of a field's chain. */
  public HeadSet heads(int number) {
    return new HeadSet(field(number).heads());
  }

  /** The heads of the document's own chain. */
  public HeadSet heads() {
    return new HeadSet(record.heads());
  }

  private Field field(int number) {
    return record.fields().getOrDefault(number, UNSET);
  }

  /**
   * Applies a field block.
   *
   * @param plain the delta's data, decrypted
   * @throws io.defradb.error.DefraException NEGATIVE_COUNTER
   */
  public Effect applyField(Cid cid, Block block, Bytes plain) {
    Delta delta = block.delta();
    if (delta instanceof Delta.Counter counter) {
      int number = StoredFields.number(collection, counter.fieldName());
      return number < 0 ? Effect.UNKNOWN_FIELD : applyCounter(number, cid, block, plain);
    }
    String name = delta instanceof Delta.Lww lww ? lww.fieldName() : "";
    int number = StoredFields.number(collection, name);
    return number < 0 ? Effect.UNKNOWN_FIELD : applyLww(number, cid, block, plain);
  }

  private Effect applyLww(int number, Cid cid, Block block, Bytes plain) {
    Field current = field(number);
    long priority = block.delta().priority();
    boolean wins = LwwRegister.wins(current.priority(), current.value(), priority, plain);
    List<Head> heads = new HeadSet(current.heads()).advance(cid, priority, block.heads()).heads();
    record
        .fields()
        .put(
            number,
            wins
                ? new Field(plain, priority, heads)
                : new Field(current.value(), current.priority(), heads));
    return wins ? Effect.WON : Effect.LOST;
  }

  private Effect applyCounter(int number, Cid cid, Block block, Bytes plain) {
    Field current = field(number);
    CollectionField field = collection.fields().get(collection.fieldPlace(number));
    FieldKind kind =
        field.kind() instanceof SchemaFieldKind.Scalar scalar ? scalar.kind() : FieldKind.INT;
    long priority = block.delta().priority();
    Value sum = sum(field, kind, current, plain, cid);
    boolean isLate = kind != FieldKind.INT && isLate(current.heads(), cid, priority);
    record
        .fields()
        .put(
            number,
            new Field(
                Bytes.wrap(ValueCbor.encode(kind, sum)),
                Math.max(priority, current.priority()),
                new HeadSet(current.heads()).advance(cid, priority, block.heads()).heads()));
    return isLate ? Effect.OUT_OF_ORDER : Effect.WON;
  }

  /** A refusal names the block. */
  private static Value sum(
      CollectionField field, FieldKind kind, Field current, Bytes plain, Cid cid) {
    Value before = ValueCbor.decode(kind, current.value());
    try {
      return Counter.add(field.crdt(), kind, before, ValueCbor.decode(kind, plain));
    } catch (DefraException refused) {
      throw new DefraException(refused.code(), "error merging delta", Map.of("Cid", cid), refused);
    }
  }

  /** The last of a chain in the order of priority, then CID, is one of its heads. */
  private static boolean isLate(List<Head> heads, Cid cid, long priority) {
    for (Head head : heads) {
      int order = Long.compareUnsigned(priority, head.height());
      if (order < 0 || order == 0 && cid.compareTo(head.cid()) < 0) {
        return true;
      }
    }
    return false;
  }

  /** Forgets a field, so that its blocks can be applied again. */
  public void forget(int number) {
    record.fields().remove(number);
  }

  /** Applies a composite, after the blocks that it links. */
  public void applyComposite(Cid cid, Block block, Delta.Composite delta) {
    record.setStatus(record.status().merge(delta));
    record.setSchemaVersion(versionNumbers.applyAsInt(delta.schemaVersionId()));
    record.setHeads(heads().advance(cid, delta.priority(), block.heads()).heads());
  }
}
