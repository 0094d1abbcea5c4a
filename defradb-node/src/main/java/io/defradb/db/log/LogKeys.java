package io.defradb.db.log;

import io.defradb.storage.Column;
import java.nio.ByteBuffer;

/**
 * Where the log is stored.
 *
 * <pre>
 * log        seq u64be -> entry and blocks ({@link CommitPack})
 * log_image  seq u64be -> image; removed by age
 * </pre>
 */
public final class LogKeys {
  public static final Column ENTRIES = new Column("log", 200, Column.Access.LOG);
  public static final Column IMAGES = new Column("log_image", 201, Column.Access.SCAN);

  private LogKeys() {}

  public static byte[] seq(long seq) {
    return ByteBuffer.allocate(Long.BYTES).putLong(seq).array();
  }

  static long seq(byte[] key) {
    return ByteBuffer.wrap(key).getLong();
  }
}
