package io.defradb.storage.sealed;

import io.defradb.multiformats.Bytes;
import io.defradb.storage.KeyValueStore;
import io.defradb.storage.KeyValueStoreContract;
import io.defradb.storage.rocksdb.RocksDbSettings;
import io.defradb.storage.rocksdb.RocksDbStore;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

class SealedRocksDbStoreTest extends KeyValueStoreContract {
  @TempDir Path directory;

  @Override
  protected KeyValueStore open() {
    return SealedStore.open(
        RocksDbStore.open(
            directory, List.of(POINT, SCAN, SealedStore.COLUMN), RocksDbSettings.DEFAULT),
        Bytes.wrap(new byte[32]),
        new SecureRandom());
  }
}
