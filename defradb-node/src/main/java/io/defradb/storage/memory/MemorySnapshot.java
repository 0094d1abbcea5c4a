package io.defradb.storage.memory;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.storage.Column;
import io.defradb.storage.Cursor;
import io.defradb.storage.KeyRange;
import io.defradb.storage.Snapshot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The roots of all columns at one moment, by column id. */
final class MemorySnapshot implements Snapshot {
  private @Nullable SortedTree @Nullable [] roots;

  MemorySnapshot(@Nullable SortedTree[] roots) {
    this.roots = roots;
  }

  private @Nullable SortedTree root(Column column) {
    @Nullable SortedTree[] open = roots;
    if (open == null) {
      throw new DefraException(ErrorCode.STORAGE_FAILED, "snapshot is closed");
    }
    return open[column.id()];
  }

  @Override
  public byte @Nullable [] get(Column column, byte[] key) {
    return SortedTree.get(root(column), key);
  }

  @Override
  public List<byte @Nullable []> getAll(Column column, List<byte[]> keys) {
    SortedTree root = root(column);
    List<byte @Nullable []> values = new ArrayList<>(keys.size());
    for (byte[] key : keys) {
      values.add(SortedTree.get(root, key));
    }
    return values;
  }

  @Override
  public Cursor cursor(Column column, KeyRange range, boolean isReverse) {
    return new TreeCursor(root(column), range, isReverse);
  }

  @Override
  public void close() {
    roots = null;
  }
}
