package io.defradb.node;

import io.defradb.multiformats.Bytes;
import io.defradb.storage.Column;
import io.defradb.storage.KeyValueStore;
import io.defradb.storage.memory.MemoryStore;
import io.defradb.storage.rocksdb.RocksDbSettings;
import io.defradb.storage.rocksdb.RocksDbStore;
import io.defradb.storage.sealed.SealedStore;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Opens the configured store, sealed when there is a key. A store in memory is never sealed. */
final class StoreOpener {
  private StoreOpener() {}

  /** {@code columns}: of everybody who stores something; the seal's own comes on top. */
  static KeyValueStore open(
      NodeConfig config, @Nullable Bytes encryptionKey, List<Column> columns, SecureRandom random) {
    if (config.store().isInMemory()) {
      return new MemoryStore();
    }
    var all = new ArrayList<>(columns);
    all.add(SealedStore.COLUMN);
    KeyValueStore store =
        RocksDbStore.open(
            config.store().directory(),
            all,
            RocksDbSettings.DEFAULT.withNativeDirectory(config.nativeDirectory()));
    try {
      return encryptionKey == null
          ? SealedStore.openPlain(store)
          : SealedStore.open(store, encryptionKey, random);
    } catch (RuntimeException failure) {
      store.close();
      throw failure;
    }
  }

  static KeyValueStore.Durability durability(NodeConfig config) {
    return switch (config.store().durability()) {
      case OS -> KeyValueStore.Durability.OS;
      case SYNC -> KeyValueStore.Durability.SYNC;
    };
  }
}
