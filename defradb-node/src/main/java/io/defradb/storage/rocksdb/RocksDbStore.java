package io.defradb.storage.rocksdb;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.storage.Column;
import io.defradb.storage.KeyValueStore;
import io.defradb.storage.Snapshot;
import io.defradb.storage.WriteBatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteOptions;

/**
 * A store in a directory: one column family a column, one write-ahead log for all. Concurrent
 * writers share one write to the log, and one sync where they ask for it.
 *
 * <p>{@link #close} waits for readers for ten seconds; what a later one still holds stays valid,
 * and the directory locked, until it lets go. Nothing used after its end can harm the process: it
 * is refused with STORAGE_FAILED.
 */
public final class RocksDbStore implements KeyValueStore {
  private static final int COLUMNS_MAX = 256;
  private static final int CLOSE_WAIT_SECONDS = 10;
  private static final String DEFAULT_FAMILY =
      new String(RocksDB.DEFAULT_COLUMN_FAMILY, StandardCharsets.UTF_8);

  private final Tuning tuning;
  private final RocksDB database;
  private final List<ColumnFamilyHandle> handles;
  private final @Nullable ColumnFamilyHandle[] familyById =
      new @Nullable ColumnFamilyHandle[COLUMNS_MAX];
  private final int[] numberById = new int[COLUMNS_MAX];
  private final SpaceGuard space;
  private final WriteOptions unsynced;
  private final WriteOptions synced;
  private final CountDownLatch freed = new CountDownLatch(1);
  private final Lease lease = new Lease("store is closed", this::free);

  private RocksDbStore(
      Tuning tuning,
      RocksDB database,
      List<Column> columns,
      List<ColumnFamilyHandle> handles,
      SpaceGuard space) {
    this.tuning = tuning;
    this.database = database;
    this.handles = handles;
    this.space = space;
    this.unsynced = tuning.own(new WriteOptions());
    this.synced = tuning.own(new WriteOptions().setSync(true));
    Arrays.fill(numberById, -1);
    for (int i = 0; i < columns.size(); i++) {
      int id = columns.get(i).id();
      familyById[id] = handles.get(i);
      numberById[id] = handles.get(i).getID();
    }
  }

  /**
   * Opens the store in {@code directory}, which is made when it is not there. Columns that a later
   * version of this program added stay as they are.
   *
   * @throws DefraException STORAGE_LOCKED, STORAGE_FULL, STORAGE_FAILED, CORRUPT
   */
  public static RocksDbStore open(Path directory, List<Column> columns, RocksDbSettings settings) {
    if (columns.stream().map(Column::id).distinct().count() != columns.size()) {
      throw new IllegalArgumentException("two columns with one id: " + columns);
    }
    NativeLibrary.load(settings.nativeDirectory());
    var tuning = new Tuning(settings);
    try {
      Files.createDirectories(directory);
      FileStore files = Files.getFileStore(directory);
      var space = new SpaceGuard(() -> usableBytes(files), settings.reserveBytes());
      var handles = new ArrayList<ColumnFamilyHandle>();
      RocksDB database =
          RocksDB.open(
              tuning.database(),
              directory.toString(),
              descriptors(directory, columns, tuning),
              handles);
      return new RocksDbStore(tuning, database, columns, handles, space);
    } catch (RocksDBException e) {
      tuning.close();
      throw Failures.translateOpening(e, directory.toString());
    } catch (IOException | UncheckedIOException e) {
      tuning.close();
      throw new DefraException(
          ErrorCode.STORAGE_FAILED, "cannot open store", "Directory", directory, "Cause", e);
    }
  }

  /**
   * The given columns first and in their order, then what else is there: RocksDB opens all or none.
   */
  private static List<ColumnFamilyDescriptor> descriptors(
      Path directory, List<Column> columns, Tuning tuning) throws RocksDBException {
    var ofAccess = new EnumMap<Column.Access, ColumnFamilyOptions>(Column.Access.class);
    var descriptors = new ArrayList<ColumnFamilyDescriptor>();
    var names = new ArrayList<String>();
    for (Column column : columns) {
      names.add(column.name());
      descriptors.add(
          new ColumnFamilyDescriptor(
              column.name().getBytes(StandardCharsets.UTF_8),
              ofAccess.computeIfAbsent(column.access(), tuning::column)));
    }
    var others = new ArrayList<String>(List.of(DEFAULT_FAMILY));
    if (Files.exists(directory.resolve("CURRENT"))) {
      try (var options = new Options()) {
        for (byte[] name : RocksDB.listColumnFamilies(options, directory.toString())) {
          others.add(new String(name, StandardCharsets.UTF_8));
        }
      }
    }
    for (String other : others) {
      if (!names.contains(other)) {
        names.add(other);
        descriptors.add(
            new ColumnFamilyDescriptor(
                other.getBytes(StandardCharsets.UTF_8),
                ofAccess.computeIfAbsent(Column.Access.SCAN, tuning::column)));
      }
    }
    return descriptors;
  }

  private static long usableBytes(FileStore files) {
    try {
      return files.getUsableSpace();
    } catch (IOException e) {
      throw new DefraException(ErrorCode.STORAGE_FAILED, "cannot read free disk space", e);
    }
  }

  ColumnFamilyHandle family(Column column) {
    ColumnFamilyHandle family = familyById[column.id()];
    if (family == null) {
      throw new IllegalArgumentException("not a column of this store: " + column);
    }
    return family;
  }

  @Override
  public Snapshot snapshot() {
    lease.acquire();
    return new RocksDbSnapshot(this, database, lease);
  }

  @Override
  public void write(WriteBatch batch, Durability durability) {
    for (WriteBatch.Operation operation : batch.operations()) {
      family(operation.column());
    }
    byte[] encoded = BatchEncoder.encode(batch.operations(), numberById);
    space.check(encoded.length);
    lease.acquire();
    try (var nativeBatch = new org.rocksdb.WriteBatch(encoded)) {
      database.write(durability == Durability.SYNC ? synced : unsynced, nativeBatch);
    } catch (RocksDBException e) {
      throw Failures.translate(e);
    } finally {
      lease.release();
    }
  }

  @Override
  public long sizeBytes() {
    lease.acquire();
    try {
      return database.getAggregatedLongProperty("rocksdb.total-sst-files-size")
          + database.getAggregatedLongProperty("rocksdb.cur-size-all-mem-tables");
    } catch (RocksDBException e) {
      throw Failures.translate(e);
    } finally {
      lease.release();
    }
  }

  /** What is only in memory goes to table files: the write-ahead log that holds it as well ends. */
  @Override
  public void settle() {
    lease.acquire();
    try (var options = new FlushOptions().setWaitForFlush(true).setAllowWriteStall(true)) {
      database.flush(options, handles);
    } catch (RocksDBException e) {
      throw Failures.translate(e);
    } finally {
      lease.release();
    }
  }

  /** Flushes first, so that the next opening has no log to replay. */
  @Override
  public void close() {
    lease.close();
    try {
      if (!freed.await(CLOSE_WAIT_SECONDS, TimeUnit.SECONDS)) {
        throw new DefraException(
            ErrorCode.STORAGE_FAILED, "store is still being read", "Seconds", CLOSE_WAIT_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void free() {
    try (var options = new FlushOptions().setWaitForFlush(true)) {
      database.flush(options, handles);
    } catch (RocksDBException e) {
      // The log holds everything: the next opening replays it, as after a kill.
    } finally {
      handles.forEach(ColumnFamilyHandle::close);
      database.close();
      tuning.close();
      freed.countDown();
    }
  }
}
