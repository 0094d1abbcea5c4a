package io.defradb.node;

import io.defradb.storage.Column;
import io.defradb.storage.Cursor;
import io.defradb.storage.KeyRange;
import io.defradb.storage.KeyValueStore;
import io.defradb.storage.Snapshot;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what is stored to the log, a line at a time, whatever its size. */
public final class StoreDump {
  private static final Logger LOG = LoggerFactory.getLogger("db");

  private final Snapshot snapshot;

  StoreDump(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  /**
   * Every entry of the store of a node that does not run: the column, the key and the value, in hex
   * and unsealed. Changes nothing. False when there is no store.
   *
   * @throws io.defradb.error.DefraException STORAGE_LOCKED while a node runs;
   *     ENCRYPTION_KEY_MISMATCH, or what the keyring says when it does not open
   */
  public static boolean logAll(NodeConfig config) {
    if (!Files.isDirectory(config.store().directory())) {
      return false;
    }
    var random = new SecureRandom();
    NodeKeys keys = NodeKeys.open(config, random);
    try (KeyValueStore store = StoreOpener.open(config, keys.encryption(), Rooms.COLUMNS, random);
        Snapshot snapshot = store.snapshot()) {
      new StoreDump(snapshot).logEntries();
    }
    return true;
  }

  private void logEntries() {
    HexFormat hex = HexFormat.of();
    for (Column column : Rooms.COLUMNS) {
      try (Cursor cursor = snapshot.cursor(column, KeyRange.ALL, false)) {
        while (cursor.next()) {
          LOG.info(
              "/{}/{}={}",
              column.name(),
              hex.formatHex(cursor.key()),
              hex.formatHex(cursor.value()));
        }
      }
    }
  }

  /** How many entries each column holds, and their bytes. */
  void logSizes() {
    for (Column column : Rooms.COLUMNS) {
      long entries = 0;
      long bytes = 0;
      try (Cursor cursor = snapshot.cursor(column, KeyRange.ALL, false)) {
        while (cursor.next()) {
          entries++;
          bytes += cursor.key().length + (long) cursor.value().length;
        }
      }
      LOG.atInfo()
          .addKeyValue("Column", column.name())
          .addKeyValue("Entries", entries)
          .addKeyValue("Bytes", bytes)
          .log("Dump");
    }
  }
}
