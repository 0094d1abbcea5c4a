package io.defradb.storage.rocksdb;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Bounds of one store.
 *
 * @param cacheBytes blocks, indexes and filters held in native memory
 * @param memtableBytes what was written and is not in a table file yet, over all columns
 * @param reserveBytes a write is refused when less than this is free on the disk, so that RocksDB
 *     can always finish what it has begun
 * @param nativeDirectory where the native library is unpacked once and for all; {@code null}: into
 *     a temporary file at every start, which costs about 0.1 s
 */
public record RocksDbSettings(
    long cacheBytes, long memtableBytes, long reserveBytes, @Nullable Path nativeDirectory) {
  private static final long MIB = 1024 * 1024;

  /** About 150 MB of native memory under load. */
  public static final RocksDbSettings DEFAULT =
      new RocksDbSettings(64 * MIB, 64 * MIB, 64 * MIB, null);

  public RocksDbSettings withNativeDirectory(@Nullable Path directory) {
    return new RocksDbSettings(cacheBytes, memtableBytes, reserveBytes, directory);
  }

  public RocksDbSettings withReserveBytes(long bytes) {
    return new RocksDbSettings(cacheBytes, memtableBytes, bytes, nativeDirectory);
  }
}
