package io.defradb.storage.sealed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.multiformats.Bytes;
import io.defradb.storage.Column;
import io.defradb.storage.Cursor;
import io.defradb.storage.KeyRange;
import io.defradb.storage.KeyValueStore;
import io.defradb.storage.KeyValueStore.Durability;
import io.defradb.storage.KeyValueStoreContract;
import io.defradb.storage.Snapshot;
import io.defradb.storage.WriteBatch;
import io.defradb.storage.memory.MemoryStore;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealedMemoryStoreTest extends KeyValueStoreContract {
  private static final Bytes KEY = Bytes.hex("000102030405060708090a0b0c0d0e0f");
  private static final Bytes OTHER = Bytes.hex("100102030405060708090a0b0c0d0e0f");
  private static final SecureRandom RANDOM = new SecureRandom();

  private KeyValueStore below;

  @Override
  protected KeyValueStore open() {
    below = new MemoryStore();
    return SealedStore.open(below, KEY, RANDOM);
  }

  private void write(KeyValueStore to, String key, String value) {
    to.write(new WriteBatch().put(SCAN, bytes(key), bytes(value)), Durability.OS);
  }

  private static byte[] read(KeyValueStore from, String key) {
    try (Snapshot snapshot = from.snapshot()) {
      return snapshot.get(SCAN, bytes(key));
    }
  }

  private static void assertMismatch(Runnable opening) {
    assertThatThrownBy(opening::run)
        .hasMessage("Encryption key mismatch")
        .isInstanceOfSatisfying(
            DefraException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.ENCRYPTION_KEY_MISMATCH));
  }

  @Test
  void noValueStandsInClearBelow() {
    write(store, "a", "a secret of many letters");
    write(store, "b", "a secret of many letters");
    assertThat(new String(read(below, "a"), StandardCharsets.ISO_8859_1)).doesNotContain("secret");
    assertThat(read(below, "a")).isNotEqualTo(read(below, "b"));
  }

  @Test
  void valuesOfAColumnInClearStayAsTheyAre() {
    Column clear = SCAN.inClear();
    store.write(new WriteBatch().put(clear, bytes("a"), bytes("place")), Durability.OS);

    assertThat(read(below, "a")).isEqualTo(bytes("place"));
    try (Snapshot snapshot = store.snapshot();
        Cursor cursor = snapshot.cursor(clear, KeyRange.ALL, false)) {
      assertThat(snapshot.get(clear, bytes("a"))).isEqualTo(bytes("place"));
      assertThat(snapshot.getAll(clear, List.of(bytes("a"), bytes("b"))))
          .containsExactly(bytes("place"), null);
      assertThat(cursor.next()).isTrue();
      assertThat(cursor.value()).isEqualTo(bytes("place"));
    }
  }

  @Test
  void anotherKeyOrNoneIsRefusedAtOnce() {
    assertMismatch(() -> SealedStore.open(below, OTHER, RANDOM));
    assertMismatch(() -> SealedStore.openPlain(below));
    assertMismatch(
        () ->
            SealedStore.open(
                below, Bytes.copyOf(java.util.Arrays.copyOf(KEY.toArray(), 32)), RANDOM));
  }

  @Test
  void aKeyForAStoreThatIsNotSealedIsRefused() {
    var plain = new MemoryStore();
    SealedStore.openPlain(plain);
    SealedStore.openPlain(plain);
    assertMismatch(() -> SealedStore.open(plain, KEY, RANDOM));
  }

  @Test
  void everyOpeningReadsWhatAllEarlierOnesWrote() {
    for (int i = 0; i < 200; i++) {
      write(SealedStore.open(below, KEY, RANDOM), "key" + i, "value" + i);
    }
    KeyValueStore last = SealedStore.open(below, KEY, RANDOM);
    for (int i = 0; i < 200; i++) {
      assertThat(read(last, "key" + i)).isEqualTo(bytes("value" + i));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 24, 32})
  void masterKeysOfAllAesLengthsWork(int length) {
    Bytes key = Bytes.wrap(RANDOM.generateSeed(length));
    var plain = new MemoryStore();
    write(SealedStore.open(plain, key, RANDOM), "a", "1");
    assertThat(read(SealedStore.open(plain, key, RANDOM), "a")).isEqualTo(bytes("1"));
  }

  @Test
  void aKeyOfAnotherLengthIsAMistakeOfTheCaller() {
    assertThatThrownBy(() -> SealedStore.open(below, Bytes.hex("0011"), RANDOM))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anyChangedByteOfASealedValueIsNoticed() {
    write(store, "a", "value");
    byte[] sealed = read(below, "a");
    for (int length = 0; length < sealed.length; length++) {
      assertCorrupt("a", java.util.Arrays.copyOf(sealed, length));
    }
    for (int i = 0; i < sealed.length; i++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] changed = sealed.clone();
        changed[i] ^= (byte) (1 << bit);
        assertCorrupt("a", changed);
      }
    }
  }

  @Test
  void aValueMovedToAnotherKeyIsNoticed() {
    write(store, "a", "value");
    assertCorrupt("b", read(below, "a"));
  }

  private void assertCorrupt(String key, byte[] sealed) {
    below.write(new WriteBatch().put(SCAN, bytes(key), sealed), Durability.OS);
    assertThatThrownBy(() -> read(store, key))
        .isInstanceOfSatisfying(
            DefraException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT));
  }

  @Test
  void recordsOfTheSealAreInAColumnOfTheirOwn() {
    try (Snapshot snapshot = below.snapshot();
        Cursor cursor = snapshot.cursor(SealedStore.COLUMN, KeyRange.ALL, false)) {
      assertThat(cursor.next()).isTrue();
      assertThat(cursor.key()).isEqualTo(new byte[] {0});
      assertThat(cursor.next()).isTrue();
      assertThat(cursor.key()).isEqualTo(new byte[] {1, 0, 0, 0, 1});
      assertThat(cursor.value()).hasSize(16);
      assertThat(cursor.next()).isFalse();
    }
  }
}
