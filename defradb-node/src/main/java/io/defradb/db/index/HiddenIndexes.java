package io.defradb.db.index;

import io.defradb.db.keys.Columns;
import io.defradb.db.keys.DocumentKey;
import io.defradb.db.overlay.Overlay;
import io.defradb.document.DocId;
import io.defradb.document.ValueCbor;
import io.defradb.multiformats.Bytes;
import io.defradb.schema.CollectionField;
import io.defradb.schema.CollectionVersion;
import io.defradb.storage.Cursor;
import io.defradb.storage.KeyRange;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Entries that every collection has without being asked: which documents are deleted, so that they
 * can be counted without being read, and which live documents hold a relation's key, so that the
 * one that holds it already is found at once. Their index IDs are above all others. Safe for use by
 * many threads.
 */
public final class HiddenIndexes {
  private static final byte[] EMPTY = new byte[0];

  /** Plus the number of the field. */
  private static final int RELATIONS = 0x4000_0000;

  private static final int DELETED = 0x7fff_ffff;

  private final IndexKeys keys;

  HiddenIndexes(IndexKeys keys) {
    this.keys = keys;
  }

  /** Whether the field is the key of a relation: the DocID of its target. */
  public static boolean isRelationKey(CollectionField field) {
    return field.relationName() != null && field.name().endsWith("_id");
  }

  /**
   * Keeps the entries of one document in step, which is never deleted twice.
   *
   * @param before value CBOR of the fields set before the change; {@code null}: it was not live
   * @param after the same after it; {@code null}: it is deleted
   */
  public void update(
      Overlay overlay,
      int collection,
      CollectionVersion version,
      DocId docId,
      @Nullable Map<String, Bytes> before,
      @Nullable Map<String, Bytes> after) {
    List<CollectionField> fields = version.fields();
    for (int place = 0; place < fields.size(); place++) {
      if (isRelationKey(fields.get(place))) {
        String name = fields.get(place).name();
        Bytes old = before == null ? ValueCbor.NULL : before.getOrDefault(name, ValueCbor.NULL);
        Bytes now = after == null ? ValueCbor.NULL : after.getOrDefault(name, ValueCbor.NULL);
        if (!old.equals(now)) {
          int index = RELATIONS + version.fieldNumber(place);
          if (!old.equals(ValueCbor.NULL)) {
            overlay.delete(Columns.INDEX, keys.entry(collection, index, List.of(old), docId));
          }
          if (!now.equals(ValueCbor.NULL)) {
            overlay.put(Columns.INDEX, keys.entry(collection, index, List.of(now), docId), EMPTY);
          }
        }
      }
    }
    if (after == null) {
      overlay.put(Columns.INDEX, keys.entry(collection, DELETED, List.of(), docId), EMPTY);
    }
  }

  /** How many documents of the collection are deleted; reads no value. */
  public long deleted(Function<KeyRange, Cursor> open, int collection) {
    long count = 0;
    try (Cursor entries = open.apply(keys.all(collection, DELETED, false))) {
      while (entries.next()) {
        count++;
      }
    }
    return count;
  }

  /**
   * Another live document whose relation key has this value; {@code null}: there is none, and who
   * gives it this value in a concurrent transaction conflicts with this one.
   *
   * @param number of the field in the collection
   * @param except the document that wants the value
   */
  public @Nullable DocId claim(
      Overlay overlay, int collection, int number, Bytes value, DocId except) {
    List<Bytes> values = List.of(value);
    int index = RELATIONS + number;
    try (Cursor entries = overlay.cursor(Columns.INDEX, keys.equal(collection, index, values))) {
      while (entries.next()) {
        DocId holder = DocumentKey.docId(entries.key());
        if (!holder.equals(except)) {
          return holder;
        }
      }
    }
    byte[] marker = keys.marker(collection, index, values);
    overlay.noteRead(Columns.INDEX, marker);
    overlay.noteWrite(Columns.INDEX, marker);
    return null;
  }
}
