package io.defradb.storage.memory;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.storage.KeyValueStore;
import io.defradb.storage.Snapshot;
import io.defradb.storage.WriteBatch;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A store in memory. A snapshot is an array of immutable trees and costs nothing to take or to
 * hold; writers take turns, readers never wait. It is bounded only by the heap.
 */
public final class MemoryStore implements KeyValueStore {
  private static final int COLUMNS_MAX = 256;

  /** Never changed in place; {@code null} after {@link #close}. */
  private volatile @Nullable SortedTree @Nullable [] roots = new @Nullable SortedTree[COLUMNS_MAX];

  private @Nullable SortedTree[] open() {
    @Nullable SortedTree[] open = roots;
    if (open == null) {
      throw new DefraException(ErrorCode.STORAGE_FAILED, "store is closed");
    }
    return open;
  }

  @Override
  public Snapshot snapshot() {
    return new MemorySnapshot(open());
  }

  @Override
  public synchronized void write(WriteBatch batch, Durability durability) {
    @Nullable SortedTree[] next = open().clone();
    for (WriteBatch.Operation operation : batch.operations()) {
      int column = operation.column().id();
      SortedTree tree = next[column];
      byte[] key = operation.key();
      next[column] =
          switch (operation.kind()) {
            case PUT -> SortedTree.put(tree, key, Objects.requireNonNull(operation.value()));
            case DELETE -> SortedTree.remove(tree, key);
            case DELETE_RANGE ->
                SortedTree.removeRange(tree, key, Objects.requireNonNull(operation.value()));
          };
    }
    roots = next;
  }

  @Override
  public long sizeBytes() {
    long bytes = 0;
    for (SortedTree root : open()) {
      bytes += SortedTree.bytesOf(root);
    }
    return bytes;
  }

  @Override
  public synchronized void close() {
    roots = null;
  }
}
