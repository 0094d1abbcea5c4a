package io.defradb.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.storage.KeyValueStore.Durability;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store promises. A subclass opens an empty one. */
public abstract class KeyValueStoreContract {
  protected static final Column POINT = new Column("point", 1, Column.Access.POINT);
  protected static final Column SCAN = new Column("scan", 2, Column.Access.SCAN);

  protected KeyValueStore store;

  /** An empty store with the columns {@link #POINT} and {@link #SCAN}. */
  protected abstract KeyValueStore open() throws Exception;

  @BeforeEach
  void openStore() throws Exception {
    store = open();
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  protected static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void put(Column column, String key, String value) {
    store.write(new WriteBatch().put(column, bytes(key), bytes(value)), Durability.OS);
  }

  private static @Nullable String get(Snapshot snapshot, Column column, String key) {
    byte[] value = snapshot.get(column, bytes(key));
    return value == null ? null : new String(value, StandardCharsets.UTF_8);
  }

  private List<String> keys(Column column, KeyRange range, boolean isReverse) {
    var keys = new ArrayList<String>();
    try (Snapshot snapshot = store.snapshot();
        Cursor cursor = snapshot.cursor(column, range, isReverse)) {
      while (cursor.next()) {
        keys.add(new String(cursor.key(), StandardCharsets.UTF_8));
      }
    }
    return keys;
  }

  @Test
  void givenEntries_whenSettled_thenAllAreThereAndMoreCanBeWritten() {
    put(SCAN, "a", "1");
    store.settle();
    put(SCAN, "b", "2");
    try (Snapshot snapshot = store.snapshot()) {
      assertThat(get(snapshot, SCAN, "a")).isEqualTo("1");
      assertThat(get(snapshot, SCAN, "b")).isEqualTo("2");
    }
  }

  @Test
  void aWrittenValueIsReadAndAnAbsentKeyIsNull() {
    put(POINT, "a", "1");
    try (Snapshot snapshot = store.snapshot()) {
      assertThat(get(snapshot, POINT, "a")).isEqualTo("1");
      assertThat(get(snapshot, POINT, "b")).isNull();
    }
  }

  @Test
  void columnsAreSeparateKeySpaces() {
    put(POINT, "a", "point");
    put(SCAN, "a", "scan");
    store.write(new WriteBatch().delete(POINT, bytes("a")), Durability.OS);
    try (Snapshot snapshot = store.snapshot()) {
      assertThat(get(snapshot, POINT, "a")).isNull();
      assertThat(get(snapshot, SCAN, "a")).isEqualTo("scan");
    }
  }

  @Test
  void emptyKeysAndEmptyValuesAreKeysAndValues() {
    put(SCAN, "", "of the empty key");
    put(SCAN, "a", "");
    try (Snapshot snapshot = store.snapshot()) {
      assertThat(get(snapshot, SCAN, "")).isEqualTo("of the empty key");
      assertThat(get(snapshot, SCAN, "a")).isEmpty();
    }
    assertThat(keys(SCAN, KeyRange.ALL, false)).containsExactly("", "a");
  }

  @Test
  void aSnapshotDoesNotSeeLaterWrites() {
    put(SCAN, "a", "1");
    put(SCAN, "b", "1");
    try (Snapshot before = store.snapshot()) {
      store.write(
          new WriteBatch()
              .put(SCAN, bytes("a"), bytes("2"))
              .delete(SCAN, bytes("b"))
              .put(SCAN, bytes("c"), bytes("2")),
          Durability.OS);
      assertThat(get(before, SCAN, "a")).isEqualTo("1");
      assertThat(get(before, SCAN, "b")).isEqualTo("1");
      try (Cursor cursor = before.cursor(SCAN, KeyRange.ALL, false)) {
        assertThat(cursor.next()).isTrue();
        assertThat(cursor.value()).isEqualTo(bytes("1"));
        assertThat(cursor.next()).isTrue();
        assertThat(cursor.next()).isFalse();
        assertThat(cursor.next()).isFalse();
      }
    }
    assertThat(keys(SCAN, KeyRange.ALL, false)).containsExactly("a", "c");
  }

  @Test
  void operationsOfABatchApplyInTheirOrder() {
    store.write(
        new WriteBatch()
            .put(SCAN, bytes("a"), bytes("1"))
            .put(SCAN, bytes("b"), bytes("1"))
            .deleteRange(SCAN, bytes("a"), bytes("c"))
            .put(SCAN, bytes("b"), bytes("2")),
        Durability.OS);
    try (Snapshot snapshot = store.snapshot()) {
      assertThat(get(snapshot, SCAN, "a")).isNull();
      assertThat(get(snapshot, SCAN, "b")).isEqualTo("2");
    }
  }

  @Test
  void rangesHoldTheirStartAndNotTheirEndInBothDirections() {
    for (String key : List.of("a", "ab", "b", "ba", "c")) {
      put(SCAN, key, key);
    }
    var range = new KeyRange(bytes("ab"), bytes("c"));
    assertThat(keys(SCAN, range, false)).containsExactly("ab", "b", "ba");
    assertThat(keys(SCAN, range, true)).containsExactly("ba", "b", "ab");
    assertThat(keys(SCAN, KeyRange.prefix(bytes("b")), false)).containsExactly("b", "ba");
    assertThat(keys(SCAN, new KeyRange(bytes("x"), null), false)).isEmpty();
    assertThat(keys(SCAN, new KeyRange(bytes("x"), bytes("z")), true)).isEmpty();
    assertThat(keys(SCAN, new KeyRange(bytes("b"), bytes("b")), false)).isEmpty();
  }

  @Test
  void keysAreOrderedAsUnsignedBytes() {
    byte[][] keys = {{}, {0}, {0, 0}, {1}, {0x7f}, {(byte) 0x80}, {(byte) 0xff}, {(byte) 0xff, 0}};
    var shuffled = new ArrayList<>(Arrays.asList(keys));
    Collections.shuffle(shuffled, new Random(7));
    for (byte[] key : shuffled) {
      store.write(new WriteBatch().put(SCAN, key, key), Durability.OS);
    }
    try (Snapshot snapshot = store.snapshot();
        Cursor all = snapshot.cursor(SCAN, KeyRange.ALL, false);
        Cursor ff = snapshot.cursor(SCAN, KeyRange.prefix(new byte[] {(byte) 0xff}), true)) {
      for (byte[] key : keys) {
        assertThat(all.next()).isTrue();
        assertThat(all.key()).isEqualTo(key);
        assertThat(all.value()).isEqualTo(key);
      }
      assertThat(all.next()).isFalse();
      assertThat(ff.next()).isTrue();
      assertThat(ff.key()).isEqualTo(keys[7]);
      assertThat(ff.next()).isTrue();
      assertThat(ff.next()).isFalse();
    }
  }

  @Test
  void getAllAnswersInTheOrderOfTheKeysWithNullForTheAbsent() {
    put(POINT, "a", "1");
    put(POINT, "c", "3");
    try (Snapshot snapshot = store.snapshot()) {
      assertThat(snapshot.getAll(POINT, List.of(bytes("c"), bytes("b"), bytes("a"), bytes("c"))))
          .containsExactly(bytes("3"), null, bytes("1"), bytes("3"));
      assertThat(snapshot.getAll(POINT, List.of())).isEmpty();
    }
  }

  @Test
  void anEmptyBatchAndADeleteOfNothingAreHarmless() {
    store.write(new WriteBatch(), Durability.OS);
    store.write(
        new WriteBatch().delete(SCAN, bytes("x")).deleteRange(SCAN, bytes("a"), bytes("b")),
        Durability.SYNC);
    assertThat(keys(SCAN, KeyRange.ALL, false)).isEmpty();
  }

  @Test
  void valuesOfManySizesComeBackAsTheyWere() {
    for (int size : new int[] {0, 1, 127, 128, 16_383, 16_384, 1 << 20}) {
      byte[] value = new byte[size];
      new Random(size).nextBytes(value);
      byte[] key = bytes("size" + size);
      store.write(new WriteBatch().put(POINT, key, value), Durability.OS);
      try (Snapshot snapshot = store.snapshot()) {
        assertThat(snapshot.get(POINT, key)).isEqualTo(value);
      }
    }
    assertThat(store.sizeBytes()).isPositive();
  }

  @Test
  void aClosedSnapshotRefusesAndClosingTwiceIsHarmless() {
    Snapshot snapshot = store.snapshot();
    snapshot.close();
    snapshot.close();
    assertThatThrownBy(() -> snapshot.get(POINT, bytes("a")))
        .isInstanceOfSatisfying(
            DefraException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORAGE_FAILED));
  }

  @Test
  void aClosedStoreRefusesAndClosingTwiceIsHarmless() {
    store.close();
    store.close();
    assertThatThrownBy(() -> store.snapshot())
        .isInstanceOfSatisfying(
            DefraException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORAGE_FAILED));
    assertThatThrownBy(() -> put(POINT, "a", "1")).isInstanceOf(DefraException.class);
  }

  @Test
  void readersSeeWholeBatchesWhileWritersWrite() throws Exception {
    var isDone = new AtomicBoolean();
    CompletableFuture<Integer> reader =
        CompletableFuture.supplyAsync(
            () -> {
              int reads = 0;
              while (!isDone.get() || reads == 0) {
                try (Snapshot snapshot = store.snapshot()) {
                  assertThat(get(snapshot, POINT, "n")).isEqualTo(get(snapshot, SCAN, "n"));
                }
                reads++;
              }
              return reads;
            });
    for (int i = 0; i < 500; i++) {
      byte[] value = bytes(Integer.toString(i));
      store.write(
          new WriteBatch().put(POINT, bytes("n"), value).put(SCAN, bytes("n"), value),
          Durability.OS);
    }
    isDone.set(true);
    assertThat(reader.get()).isPositive();
  }

  /** The store against a sorted map, under random batches, ranges and snapshots. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void behavesAsASortedMap(long seed) {
    var random = new Random(seed);
    var model = new TreeMap<byte[], byte[]>(Arrays::compareUnsigned);
    for (int round = 0; round < 60; round++) {
      var before = new TreeMap<>(model);
      before.putAll(model);
      try (Snapshot old = store.snapshot()) {
        store.write(randomBatch(random, model), Durability.OS);
        assertSame(old, before, random);
      }
      try (Snapshot now = store.snapshot()) {
        assertSame(now, model, random);
      }
    }
  }

  private static WriteBatch randomBatch(Random random, TreeMap<byte[], byte[]> model) {
    var batch = new WriteBatch();
    for (int i = random.nextInt(40); i >= 0; i--) {
      byte[] key = randomKey(random);
      byte[] other = randomKey(random);
      switch (random.nextInt(8)) {
        case 0, 1 -> {
          batch.delete(SCAN, key);
          model.remove(key);
        }
        case 2 -> {
          if (Arrays.compareUnsigned(key, other) < 0) {
            batch.deleteRange(SCAN, key, other);
            model.subMap(key, other).clear();
          }
        }
        default -> {
          batch.put(SCAN, key, other);
          model.put(key, other);
        }
      }
    }
    return batch;
  }

  private static byte[] randomKey(Random random) {
    byte[] key = new byte[random.nextInt(3)];
    for (int i = 0; i < key.length; i++) {
      key[i] = (byte) (random.nextInt(6) * 51);
    }
    return key;
  }

  private static void assertSame(Snapshot snapshot, TreeMap<byte[], byte[]> model, Random random) {
    byte[] from = randomKey(random);
    byte[] to = random.nextBoolean() ? null : randomKey(random);
    boolean isReverse = random.nextBoolean();
    var expected = to == null ? model.tailMap(from, true) : emptyOrSub(model, from, to);
    var entries = (isReverse ? expected.descendingMap() : expected).entrySet().iterator();
    try (Cursor cursor = snapshot.cursor(SCAN, new KeyRange(from, to), isReverse)) {
      while (entries.hasNext()) {
        var entry = entries.next();
        assertThat(cursor.next()).isTrue();
        assertThat(cursor.key()).isEqualTo(entry.getKey());
        assertThat(cursor.value()).isEqualTo(entry.getValue());
      }
      assertThat(cursor.next()).isFalse();
    }
    byte[] key = randomKey(random);
    assertThat(snapshot.get(SCAN, key)).isEqualTo(model.get(key));
  }

  private static java.util.NavigableMap<byte[], byte[]> emptyOrSub(
      TreeMap<byte[], byte[]> model, byte[] from, byte[] to) {
    return Arrays.compareUnsigned(from, to) > 0
        ? new TreeMap<>(Arrays::compareUnsigned)
        : model.subMap(from, true, to, false);
  }
}
