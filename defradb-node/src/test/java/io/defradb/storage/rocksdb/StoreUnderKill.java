package io.defradb.storage.rocksdb;

import io.defradb.storage.Column;
import io.defradb.storage.KeyValueStore;
import io.defradb.storage.KeyValueStore.Durability;
import io.defradb.storage.WriteBatch;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The child of {@link RocksDbKillTest}: writes until it is killed and prints what was acknowledged.
 */
final class StoreUnderKill {
  static final Column POINT = new Column("point", 1, Column.Access.POINT);
  static final Column SCAN = new Column("scan", 2, Column.Access.SCAN);
  static final List<Column> COLUMNS = List.of(POINT, SCAN);

  private StoreUnderKill() {}

  /** Arguments: directory, first number. */
  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[0]);
    Path natives = directory.resolveSibling("natives"); // a temporary file would outlive the kill
    var settings = new RocksDbSettings(1 << 20, 1 << 18, 0, natives); // flushes often
    KeyValueStore store = RocksDbStore.open(directory, COLUMNS, settings);
    var next = new AtomicLong(Long.parseLong(arguments[1]));
    for (int i = 0; i < 2; i++) {
      new Thread(() -> write(store, next)).start();
    }
  }

  private static void write(KeyValueStore store, AtomicLong next) {
    while (true) {
      long number = next.getAndIncrement();
      byte[] key = ByteBuffer.allocate(Long.BYTES).putLong(number).array();
      store.write(
          new WriteBatch().put(POINT, key, new byte[300]).put(SCAN, key, key), Durability.OS);
      System.out.println(number);
    }
  }
}
