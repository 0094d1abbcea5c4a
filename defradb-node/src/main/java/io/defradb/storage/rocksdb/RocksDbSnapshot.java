package io.defradb.storage.rocksdb;

import io.defradb.storage.Column;
import io.defradb.storage.Cursor;
import io.defradb.storage.KeyRange;
import io.defradb.storage.Snapshot;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** A sequence number that RocksDB keeps readable. Keeps the store open until it is closed. */
final class RocksDbSnapshot implements Snapshot {
  private final RocksDbStore store;
  private final RocksDB database;
  private final org.rocksdb.Snapshot snapshot;
  private final ReadOptions options;
  private final Lease lease;

  /** The caller has acquired the store's lease; this object lets go of it. */
  RocksDbSnapshot(RocksDbStore store, RocksDB database, Lease storeLease) {
    this.store = store;
    this.database = database;
    this.snapshot = database.getSnapshot();
    this.options = new ReadOptions().setSnapshot(snapshot);
    this.lease =
        new Lease(
            "snapshot is closed",
            () -> {
              options.close();
              database.releaseSnapshot(snapshot);
              snapshot.close();
              storeLease.release();
            });
  }

  @Override
  public byte @Nullable [] get(Column column, byte[] key) {
    lease.acquire();
    try {
      return database.get(store.family(column), options, key);
    } catch (RocksDBException e) {
      throw Failures.translate(e);
    } finally {
      lease.release();
    }
  }

  @Override
  public List<byte @Nullable []> getAll(Column column, List<byte[]> keys) {
    if (keys.isEmpty()) {
      return List.of();
    }
    ColumnFamilyHandle family = store.family(column);
    lease.acquire();
    try {
      return database.multiGetAsList(options, Collections.nCopies(keys.size(), family), keys);
    } catch (RocksDBException e) {
      throw Failures.translate(e);
    } finally {
      lease.release();
    }
  }

  @Override
  public Cursor cursor(Column column, KeyRange range, boolean isReverse) {
    ColumnFamilyHandle family = store.family(column);
    lease.acquire();
    return new RocksDbCursor(database, family, snapshot, range, isReverse, lease);
  }

  @Override
  public void close() {
    lease.close();
  }
}
