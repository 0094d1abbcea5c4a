package io.defradb.storage.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.storage.Cursor;
import io.defradb.storage.KeyRange;
import io.defradb.storage.KeyValueStore;
import io.defradb.storage.KeyValueStore.Durability;
import io.defradb.storage.Snapshot;
import io.defradb.storage.WriteBatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a file system of 48 MB; skips itself where mounting one is not allowed. */
class RocksDbFullDiskTest {
  private static final int MIB = 1 << 20;

  @TempDir Path directory;

  private final Random random = new Random(1);
  private long written;

  private static int run(String... command) throws Exception {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  @BeforeEach
  void mount() throws Exception {
    assumeTrue(
        Files.isExecutable(Path.of("/bin/mount"))
            && run("mount", "-t", "tmpfs", "-o", "size=48m", "none", directory.toString()) == 0,
        "no right to mount a small file system");
  }

  private boolean isMounted() throws IOException {
    return Files.isDirectory(directory)
        && !Files.getFileStore(directory).equals(Files.getFileStore(directory.getParent()));
  }

  @AfterEach
  void unmount() throws Exception {
    Awaitility.await().until(() -> !isMounted() || run("umount", directory.toString()) == 0);
  }

  private void write(KeyValueStore store) {
    byte[] value = new byte[10_000];
    random.nextBytes(value);
    byte[] key = ByteBuffer.allocate(Long.BYTES).putLong(written).array();
    store.write(
        new WriteBatch().put(StoreUnderKill.POINT, key, value).put(StoreUnderKill.SCAN, key, key),
        Durability.OS);
    written++;
  }

  private void fill(KeyValueStore store) {
    assertThatThrownBy(
            () -> {
              while (written < 100_000) {
                write(store);
              }
            })
        .isInstanceOfSatisfying(
            DefraException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORAGE_FULL));
  }

  private void assertExactlyTheAcknowledged(KeyValueStore store) {
    try (Snapshot snapshot = store.snapshot();
        Cursor points = snapshot.cursor(StoreUnderKill.POINT, KeyRange.ALL, false);
        Cursor scans = snapshot.cursor(StoreUnderKill.SCAN, KeyRange.ALL, false)) {
      for (long i = 0; i < written; i++) {
        assertThat(points.next()).isTrue();
        assertThat(scans.next()).isTrue();
        assertThat(ByteBuffer.wrap(points.key()).getLong()).isEqualTo(i);
      }
      assertThat(points.next()).isFalse();
      assertThat(scans.next()).isFalse();
    }
  }

  private void fillsAndRecovers(long reserveBytes) throws Exception {
    Path ballast = directory.resolve("ballast");
    Files.write(ballast, new byte[16 * MIB]);
    var settings = new RocksDbSettings(MIB, 2 * MIB, reserveBytes, null);
    Path data = directory.resolve("data");
    try (KeyValueStore store = RocksDbStore.open(data, StoreUnderKill.COLUMNS, settings)) {
      fill(store);
      assertExactlyTheAcknowledged(store);
      Files.delete(ballast);
      Awaitility.await()
          .ignoreExceptionsInstanceOf(DefraException.class)
          .untilAsserted(() -> write(store));
      write(store);
      assertExactlyTheAcknowledged(store);
    }
    try (KeyValueStore store = RocksDbStore.open(data, StoreUnderKill.COLUMNS, settings)) {
      assertExactlyTheAcknowledged(store);
    }
  }

  @Test
  void givenAReserve_whenTheDiskFills_thenWritesAreRefusedAndGoOnLater() throws Exception {
    fillsAndRecovers(8 * MIB);
  }

  @Test
  void givenNoReserve_whenTheDiskIsReallyFull_thenNothingIsHalfAppliedAndTheStoreRecovers()
      throws Exception {
    fillsAndRecovers(0);
  }
}
