package io.defradb.storage.rocksdb;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.storage.Cursor;
import io.defradb.storage.KeyRange;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;

/**
 * A native iterator with both bounds told to RocksDB, so that it never walks past what was deleted
 * behind the range. Holds its snapshot until it is closed.
 */
final class RocksDbCursor implements Cursor {
  private final Slice from;
  private final @Nullable Slice to;
  private final ReadOptions options;
  private final RocksIterator iterator;
  private final boolean isReverse;
  private final Lease snapshotLease;
  private State state = State.BEFORE_FIRST;

  private enum State {
    BEFORE_FIRST,
    AT_ENTRY,
    AT_END,
    CLOSED
  }

  /** The caller has acquired {@code snapshotLease}; this object lets go of it. */
  RocksDbCursor(
      RocksDB database,
      ColumnFamilyHandle family,
      org.rocksdb.Snapshot snapshot,
      KeyRange range,
      boolean isReverse,
      Lease snapshotLease) {
    byte[] end = range.to();
    this.from = new Slice(range.from());
    this.to = end == null ? null : new Slice(end);
    this.options = new ReadOptions().setSnapshot(snapshot).setIterateLowerBound(from);
    if (to != null) {
      options.setIterateUpperBound(to);
    }
    this.iterator = database.newIterator(family, options);
    this.isReverse = isReverse;
    this.snapshotLease = snapshotLease;
  }

  @Override
  public boolean next() {
    switch (state) {
      case BEFORE_FIRST -> {
        if (isReverse) {
          iterator.seekToLast();
        } else {
          iterator.seekToFirst();
        }
      }
      case AT_ENTRY -> {
        if (isReverse) {
          iterator.prev();
        } else {
          iterator.next();
        }
      }
      case AT_END, CLOSED -> {
        return false;
      }
    }
    if (iterator.isValid()) {
      state = State.AT_ENTRY;
      return true;
    }
    state = State.AT_END;
    try {
      iterator.status();
    } catch (RocksDBException e) {
      throw Failures.translate(e);
    }
    return false;
  }

  @Override
  public byte[] key() {
    requireEntry();
    return iterator.key();
  }

  @Override
  public byte[] value() {
    requireEntry();
    return iterator.value();
  }

  private void requireEntry() {
    if (state == State.CLOSED) {
      throw new DefraException(ErrorCode.STORAGE_FAILED, "cursor is closed");
    }
    if (state != State.AT_ENTRY) {
      throw new IllegalStateException("no entry: next() was not called or was false");
    }
  }

  @Override
  public void close() {
    if (state == State.CLOSED) {
      return;
    }
    state = State.CLOSED;
    iterator.close();
    options.close();
    from.close();
    if (to != null) {
      to.close();
    }
    snapshotLease.release();
  }
}
