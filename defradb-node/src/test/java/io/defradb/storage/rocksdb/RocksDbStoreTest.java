package io.defradb.storage.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.storage.Column;
import io.defradb.storage.Cursor;
import io.defradb.storage.KeyRange;
import io.defradb.storage.KeyValueStore;
import io.defradb.storage.KeyValueStore.Durability;
import io.defradb.storage.KeyValueStoreContract;
import io.defradb.storage.Snapshot;
import io.defradb.storage.WriteBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RocksDbStoreTest extends KeyValueStoreContract {
  @TempDir Path directory;

  @Override
  protected KeyValueStore open() {
    return open(List.of(POINT, SCAN));
  }

  private KeyValueStore open(List<Column> columns) {
    return RocksDbStore.open(directory.resolve("data"), columns, RocksDbSettings.DEFAULT);
  }

  @Test
  void whatWasWrittenIsThereAfterReopening() {
    store.write(new WriteBatch().put(POINT, bytes("a"), bytes("1")), Durability.OS);
    store.close();
    store = open();
    try (Snapshot snapshot = store.snapshot()) {
      assertThat(snapshot.get(POINT, bytes("a"))).isEqualTo(bytes("1"));
    }
  }

  @Test
  void givenEntriesInMemory_whenSettled_thenTablesHoldThemAndTheLogNoMore() throws IOException {
    store.write(new WriteBatch().put(POINT, bytes("a"), new byte[100_000]), Durability.OS);
    assertThat(logBytes()).isGreaterThan(100_000);

    store.settle();

    await()
        .ignoreExceptionsInstanceOf(NoSuchFileException.class) // removed while they are counted
        .untilAsserted(() -> assertThat(logBytes()).isZero());
  }

  private long logBytes() throws IOException {
    long sum = 0;
    try (var logs = Files.newDirectoryStream(directory.resolve("data"), "*.log")) {
      for (Path log : logs) {
        sum += Files.size(log);
      }
    }
    return sum;
  }

  @Test
  void columnsMayBeAddedAndThoseOfALaterVersionStay() {
    var later = new Column("later", 3, Column.Access.SCAN);
    store.close();
    store = open(List.of(SCAN, later, POINT));
    store.write(new WriteBatch().put(later, bytes("a"), bytes("1")), Durability.OS);
    store.close();
    store = open();
    store.close();
    store = open(List.of(POINT, SCAN, later));
    try (Snapshot snapshot = store.snapshot()) {
      assertThat(snapshot.get(later, bytes("a"))).isEqualTo(bytes("1"));
    }
  }

  @Test
  void aSecondOpeningIsRefusedWithTheTextUsersKnow() {
    assertThatThrownBy(this::open)
        .isInstanceOf(DefraException.class)
        .hasMessage(
            "Cannot acquire directory lock on \""
                + directory.resolve("data")
                + "\".  Another process is using this Badger database. err: resource temporarily"
                + " unavailable")
        .extracting(e -> ((DefraException) e).code())
        .isEqualTo(ErrorCode.STORAGE_LOCKED);
  }

  @Test
  void aDamagedTableIsReportedNotRead() throws IOException {
    byte[] value = new byte[1000];
    for (int i = 0; i < 1000; i++) {
      store.write(new WriteBatch().put(POINT, bytes("key" + i), value), Durability.OS);
    }
    store.close();
    try (Stream<Path> files = Files.list(directory.resolve("data"))) {
      Path table = files.filter(file -> file.toString().endsWith(".sst")).findFirst().orElseThrow();
      byte[] damaged = Files.readAllBytes(table);
      for (int i = 0; i < damaged.length / 2; i += 100) {
        damaged[i] ^= 1;
      }
      Files.write(table, damaged);
    }
    assertThatThrownBy(
            () -> {
              store = open();
              try (Snapshot snapshot = store.snapshot();
                  Cursor cursor = snapshot.cursor(POINT, KeyRange.ALL, false)) {
                while (cursor.next()) {
                  assertThat(cursor.value()).isEqualTo(value);
                }
              }
            })
        .isInstanceOfSatisfying(
            DefraException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT));
  }

  @Test
  void aDamagedManifestIsReportedAsCorrupt() throws IOException {
    store.close();
    Files.writeString(
        directory.resolve("data/CURRENT"), "nonsense", StandardOpenOption.TRUNCATE_EXISTING);
    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            DefraException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT));
  }

  @Test
  void aDirectoryThatCannotBeMadeIsAnError() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");
    assertThatThrownBy(
            () -> RocksDbStore.open(file.resolve("x"), List.of(POINT), RocksDbSettings.DEFAULT))
        .isInstanceOfSatisfying(
            DefraException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORAGE_FAILED));
  }

  @Test
  void closingWaitsForReadersAndHarmsNone() throws Exception {
    store.write(new WriteBatch().put(SCAN, bytes("a"), bytes("1")), Durability.OS);
    Snapshot snapshot = store.snapshot();
    Cursor cursor = snapshot.cursor(SCAN, KeyRange.ALL, false);
    snapshot.close();
    CompletableFuture<Void> closing = CompletableFuture.runAsync(store::close);
    assertThat(cursor.next()).isTrue();
    assertThat(cursor.value()).isEqualTo(bytes("1"));
    cursor.close();
    cursor.close();
    closing.get();
    assertThatThrownBy(cursor::key).isInstanceOf(DefraException.class);
  }

  @Test
  void theNativeLibraryIsUnpackedOnce() throws IOException {
    Path folder = NativeLibrary.unpack(directory.resolve("natives"));
    Path library;
    try (Stream<Path> files = Files.list(folder)) {
      library = files.findFirst().orElseThrow();
    }
    var unpacked = Files.getLastModifiedTime(library);
    assertThat(NativeLibrary.unpack(directory.resolve("natives"))).isEqualTo(folder);
    assertThat(Files.getLastModifiedTime(library)).isEqualTo(unpacked);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(library);
    }
  }
}
