package io.defradb.node;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.storage.KeyValueStore;
import io.defradb.storage.Snapshot;
import io.defradb.storage.WriteBatch;
import io.defradb.storage.memory.MemoryStore;
import java.util.function.BooleanSupplier;

/** What a node stores outlives its process; at times there is no room for more. */
final class SimulatedDisk {
  private final KeyValueStore stored = new MemoryStore();
  private boolean isFull;

  void setFull(boolean isFull) {
    this.isFull = isFull;
  }

  /** The disk as one process sees it, which can do nothing to it once it is dead. */
  KeyValueStore open(BooleanSupplier isAlive) {
    return new KeyValueStore() {
      @Override
      public Snapshot snapshot() {
        requireAlive();
        return stored.snapshot();
      }

      @Override
      public void write(WriteBatch batch, Durability durability) {
        requireAlive();
        if (isFull) {
          throw new DefraException(ErrorCode.STORAGE_FULL, "the disk is full");
        }
        stored.write(batch, durability);
      }

      private void requireAlive() {
        if (!isAlive.getAsBoolean()) {
          throw new DefraException(ErrorCode.STORAGE_FAILED, "the process is dead");
        }
      }

      @Override
      public long sizeBytes() {
        return stored.sizeBytes();
      }

      @Override
      public void close() {}
    };
  }
}
