package io.defradb.storage.rocksdb;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Refuses writes before the disk is full. RocksDB itself stops for seconds once a write has failed
 * for want of space; refused here, nothing has begun, and writing goes on as soon as there is
 * space.
 *
 * <p>Looks once in so many written bytes, and at every write while space is short. Safe for many
 * threads.
 */
final class SpaceGuard {
  private static final long LOOK_EVERY_BYTES = 4 * 1024 * 1024;

  private final LongSupplier usableBytes;
  private final long reserveBytes;
  private final AtomicLong untilLook = new AtomicLong();

  SpaceGuard(LongSupplier usableBytes, long reserveBytes) {
    this.usableBytes = usableBytes;
    this.reserveBytes = reserveBytes;
  }

  void check(long batchBytes) {
    if (untilLook.addAndGet(-batchBytes) > 0) {
      return;
    }
    long usable = usableBytes.getAsLong();
    if (usable < reserveBytes + batchBytes) {
      untilLook.set(0);
      throw new DefraException(
          ErrorCode.STORAGE_FULL, Failures.FULL, "Usable", usable, "Reserve", reserveBytes);
    }
    untilLook.set(LOOK_EVERY_BYTES);
  }
}
