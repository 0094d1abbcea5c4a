package io.defradb.storage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** All columns as they were at one moment. Safe for use by many threads; its cursors are not. */
public interface Snapshot extends AutoCloseable {
  /** The value, or {@code null} when the key is absent. */
  byte @Nullable [] get(Column column, byte[] key);

  /** Values in the order of the keys, {@code null} for the absent. */
  List<byte @Nullable []> getAll(Column column, List<byte[]> keys);

  /** Walks {@code range} in key order, or backwards. Starts before the first entry. */
  Cursor cursor(Column column, KeyRange range, boolean isReverse);

  @Override
  void close();
}
