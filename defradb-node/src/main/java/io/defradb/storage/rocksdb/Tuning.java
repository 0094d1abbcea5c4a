package io.defradb.storage.rocksdb;

import io.defradb.storage.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.DataBlockIndexType;
import org.rocksdb.IndexType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteBufferManager;

/**
 * How RocksDB is set up. One cache and one memtable budget are shared by all columns, so that the
 * native memory of a store is bounded by their sum; nothing is read at opening that is not needed
 * to open. Holds native objects: close it after the database.
 */
final class Tuning implements AutoCloseable {
  private static final int KIB = 1024;
  private static final long MIB = 1024 * 1024;
  private static final double BLOOM_BITS_PER_KEY = 10;

  /**
   * A file that reaches the last level as it is would be written again as soon as no snapshot is
   * older, only to save a few bytes a key: of a log, that is all of it. Seconds; there is no
   * setter.
   */
  private static final Properties LATE_REWRITE = new Properties();

  static {
    LATE_REWRITE.setProperty("bottommost_file_compaction_delay", "86400");
  }

  private final List<AutoCloseable> owned = new ArrayList<>();
  private final RocksDbSettings settings;
  private final Cache cache;
  private final BloomFilter bloom;

  Tuning(RocksDbSettings settings) {
    this.settings = settings;
    this.cache = own(new LRUCache(settings.cacheBytes(), 2));
    this.bloom = own(new BloomFilter(BLOOM_BITS_PER_KEY));
  }

  DBOptions database() {
    var memtables = own(new WriteBufferManager(settings.memtableBytes(), cache));
    return own(
        new DBOptions()
            .setCreateIfMissing(true)
            .setCreateMissingColumnFamilies(true)
            .setWriteBufferManager(memtables)
            .setMaxTotalWalSize(settings.memtableBytes() * 3 / 4) // read again after a kill
            .setAvoidFlushDuringRecovery(true) // what was read then need not be written at once
            .setMaxBackgroundJobs(2)
            .setMaxOpenFiles(512) // all of them would be opened at start
            .setMaxFileOpeningThreads(1)
            .setSkipStatsUpdateOnDbOpen(true)
            .setStatsDumpPeriodSec(0)
            .setStatsPersistPeriodSec(0)
            .setBytesPerSync(MIB)
            .setWalRecoveryMode(WALRecoveryMode.PointInTimeRecovery)
            .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
            .setKeepLogFileNum(2)
            .setMaxLogFileSize(MIB));
  }

  ColumnFamilyOptions column(Column.Access access) {
    var table =
        new BlockBasedTableConfig()
            .setBlockCache(cache)
            .setCacheIndexAndFilterBlocks(true)
            .setCacheIndexAndFilterBlocksWithHighPriority(true)
            .setPinTopLevelIndexAndFilter(true)
            .setFormatVersion(5);
    var options =
        ColumnFamilyOptions.getColumnFamilyOptionsFromProps(LATE_REWRITE)
            .setWriteBufferSize(settings.memtableBytes() / 4)
            .setMaxWriteBufferNumber(3)
            .setArenaBlockSize(128 * KIB) // a column that is hardly used holds no more than this
            .setLevelCompactionDynamicLevelBytes(true)
            .setTargetFileSizeBase(32 * MIB)
            .setMaxBytesForLevelBase(128 * MIB);
    switch (access) {
      case POINT -> {
        table
            .setFilterPolicy(bloom)
            .setBlockSize(4 * KIB)
            .setDataBlockIndexType(DataBlockIndexType.kDataBlockBinaryAndHash)
            .setIndexType(IndexType.kTwoLevelIndexSearch)
            .setPartitionFilters(true);
        options
            .setCompressionType(CompressionType.NO_COMPRESSION)
            .setLevel0FileNumCompactionTrigger(8); // filters make files cheap to ask, not to merge
      }
      case SCAN, LOG -> {
        table.setFilterPolicy(bloom).setBlockSize(16 * KIB);
        options.setCompressionType(
            access == Column.Access.LOG
                ? CompressionType.NO_COMPRESSION
                : CompressionType.LZ4_COMPRESSION);
      }
    }
    return own(options.setTableFormatConfig(table));
  }

  <T extends AutoCloseable> T own(T closeable) {
    owned.add(closeable);
    return closeable;
  }

  /** In the reverse order of making. */
  @Override
  public void close() {
    for (int i = owned.size() - 1; i >= 0; i--) {
      try {
        owned.get(i).close();
      } catch (Exception e) {
        throw new IllegalStateException("native objects close without exceptions", e);
      }
    }
    owned.clear();
  }
}
