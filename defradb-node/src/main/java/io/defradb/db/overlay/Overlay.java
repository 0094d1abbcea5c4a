package io.defradb.db.overlay;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.storage.Column;
import io.defradb.storage.Cursor;
import io.defradb.storage.KeyRange;
import io.defradb.storage.Snapshot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A transaction's view: reads see its own writes first, then the snapshot. A writing one notes
 * fingerprints of what it has read, for the conflict check. Bounded by {@code bytesMax}. For one
 * thread.
 */
public final class Overlay implements AutoCloseable {
  private static final int ENTRY_COST = 64;

  private final Snapshot snapshot;
  private final boolean isReadOnly;
  private final long bytesMax;
  private final Map<Column, TreeMap<byte[], Change>> writes = new HashMap<>();
  private final LongSet reads = new LongSet();
  private final LongSet marks = new LongSet();
  private final List<Runnable> undo = new ArrayList<>();
  private @Nullable Column lastColumn;
  private byte[] lastKey = new byte[0];
  private byte @Nullable [] lastValue;
  private boolean isUndoKept;
  private long bytes;

  /** {@code value}: {@code null} deletes. */
  public record Change(byte @Nullable [] value) {}

  public Overlay(Snapshot snapshot, boolean isReadOnly, long bytesMax) {
    this.snapshot = snapshot;
    this.isReadOnly = isReadOnly;
    this.bytesMax = bytesMax;
  }

  public boolean isReadOnly() {
    return isReadOnly;
  }

  public byte @Nullable [] get(Column column, byte[] key) {
    track(column, key);
    return getUntracked(column, key);
  }

  /** A read that takes no part in the conflict check: of what never changes once written. */
  public byte @Nullable [] getUntracked(Column column, byte[] key) {
    TreeMap<byte[], Change> own = writes.get(column);
    Change change = own == null ? null : own.get(key);
    return change == null ? stored(column, key) : change.value();
  }

  /** Whoever looks for a document before writing it asks twice for the same in a row. */
  @SuppressWarnings("ReferenceEquality") // a column is there once
  private byte @Nullable [] stored(Column column, byte[] key) {
    if (column != lastColumn || !Arrays.equals(key, lastKey)) {
      lastValue = snapshot.get(column, key);
      lastColumn = column;
      lastKey = key;
    }
    return lastValue;
  }

  public void put(Column column, byte[] key, byte[] value) {
    write(column, key, value);
  }

  public void delete(Column column, byte[] key) {
    write(column, key, null);
  }

  private void write(Column column, byte[] key, byte @Nullable [] value) {
    requireWritable();
    bytes += ENTRY_COST + key.length + (value == null ? 0 : value.length);
    if (bytes > bytesMax) {
      throw new DefraException(
          ErrorCode.TOO_LARGE, "a transaction is too large", "MaxBytes", bytesMax);
    }
    TreeMap<byte[], Change> own =
        writes.computeIfAbsent(column, any -> new TreeMap<>(Arrays::compareUnsigned));
    Change before = own.put(key, new Change(value));
    if (isUndoKept) {
      undo.add(() -> restore(own, key, before));
    }
  }

  private static void restore(TreeMap<byte[], Change> own, byte[] key, @Nullable Change before) {
    if (before == null) {
      own.remove(key);
    } else {
      own.put(key, before);
    }
  }

  /**
   * Runs {@code change}. When it throws, nothing is left of what it wrote, and what was written
   * before stays: a transaction outlives a call that fails. Not to be nested.
   */
  public void atomically(Runnable change) {
    isUndoKept = true;
    try {
      change.run();
    } catch (RuntimeException | Error e) {
      for (int i = undo.size() - 1; i >= 0; i--) {
        undo.get(i).run();
      }
      throw e;
    } finally {
      isUndoKept = false;
      undo.clear();
    }
  }

  public void requireWritable() {
    if (isReadOnly) {
      throw new DefraException(
          ErrorCode.READ_ONLY_TXN, "No sets or deletes are allowed in a read-only transaction");
    }
  }

  /** Walks snapshot and own writes together. */
  public Cursor cursor(Column column, KeyRange range) {
    Cursor stored = snapshot.cursor(column, range, false);
    TreeMap<byte[], Change> own = writes.get(column);
    if (isReadOnly || own == null && !isTracking(column)) {
      return stored;
    }
    var changes = own == null ? new TreeMap<byte[], Change>(Arrays::compareUnsigned) : own;
    byte[] to = range.to();
    var within =
        to == null
            ? changes.tailMap(range.from(), true)
            : changes.subMap(range.from(), true, to, false);
    return new MergedCursor(stored, new TreeMap<>(within), key -> track(column, key));
  }

  private boolean isTracking(Column column) {
    return !isReadOnly && column.access() == Column.Access.SCAN;
  }

  private void track(Column column, byte[] key) {
    if (!isReadOnly) {
      reads.add(fingerprint(column, key));
    }
  }

  /** Takes part in the conflict check as if {@code key} had been read. */
  public void noteRead(Column column, byte[] key) {
    track(column, key);
  }

  /**
   * Who has read {@code key} conflicts with this transaction, which stores nothing there: so that
   * something can be read that is more than one entry.
   */
  public void noteWrite(Column column, byte[] key) {
    requireWritable();
    marks.add(fingerprint(column, key));
  }

  /** Fingerprints noted as written without a write. */
  public LongSet marks() {
    return marks;
  }

  public Snapshot snapshot() {
    return snapshot;
  }

  public boolean hasWrites() {
    return writes.values().stream().anyMatch(own -> !own.isEmpty());
  }

  /** Own writes by column, in key order. */
  public Map<Column, TreeMap<byte[], Change>> writes() {
    return writes;
  }

  public LongSet reads() {
    return reads;
  }

  /**
   * 64 bits that stand for a key: two keys share them only by chance, and then a commit is refused
   * for nothing.
   */
  public static long fingerprint(Column column, byte[] key) {
    long hash = 0xcbf29ce484222325L ^ column.id();
    for (byte b : key) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    hash ^= hash >>> 32;
    hash *= 0x9e3779b97f4a7c15L;
    return hash ^ hash >>> 29;
  }

  @Override
  public void close() {
    snapshot.close();
  }
}
