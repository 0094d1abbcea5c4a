package io.defradb.storage;

/**
 * An ordered key-value store. Keys are compared as unsigned bytes; keys and values are never
 * changed after they were given or received. Safe for use by many threads.
 */
public interface KeyValueStore extends AutoCloseable {

  /** What an acknowledged write survives: OS a killed process, SYNC also a power cut. */
  enum Durability {
    OS,
    SYNC
  }

  /** A frozen view of all columns. Cheap; close it. */
  Snapshot snapshot();

  /**
   * Applies the whole batch or nothing, visible at once.
   *
   * @throws io.defradb.error.DefraException STORAGE_FULL, STORAGE_FAILED: nothing was applied
   */
  void write(WriteBatch batch, Durability durability);

  /**
   * Uses a quiet time to give back memory and what a log holds twice. Harmless while others write.
   */
  default void settle() {}

  /** Bytes on disk, or in memory where there is no disk; an estimate. */
  long sizeBytes();

  @Override
  void close();
}
