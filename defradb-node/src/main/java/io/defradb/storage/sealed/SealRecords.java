package io.defradb.storage.sealed;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.storage.Cursor;
import io.defradb.storage.KeyRange;
import io.defradb.storage.KeyValueStore;
import io.defradb.storage.KeyValueStore.Durability;
import io.defradb.storage.Snapshot;
import io.defradb.storage.WriteBatch;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * What a store says of its own sealing, in clear, in the column {@link SealedStore#COLUMN}.
 *
 * <pre>
 * 00              -> 00                      values are not sealed
 *                 or 01 salt(16) sealed("")  values are sealed; proves the master key
 * 01 epoch(4, be) -> salt(16)                one for every opening
 * </pre>
 */
final class SealRecords {
  private static final byte[] MODE_KEY = {0};
  private static final byte EPOCH_PREFIX = 1;
  private static final byte PLAIN = 0;
  private static final byte SEALED = 1;
  private static final String MISMATCH = "Encryption key mismatch";

  private final KeyValueStore store;

  SealRecords(KeyValueStore store) {
    this.store = store;
  }

  /** Notes a new store as plain; refuses a sealed one. */
  void requirePlain() {
    byte[] mode = mode();
    if (mode == null) {
      write(MODE_KEY, new byte[] {PLAIN});
    } else if (mode.length != 1 || mode[0] != PLAIN) {
      throw new DefraException(ErrorCode.ENCRYPTION_KEY_MISMATCH, MISMATCH);
    }
  }

  /** Notes a new store as sealed with {@code keys}; refuses a plain one and another key. */
  void requireSealedWith(EpochKeys keys, Random random) {
    byte[] mode = mode();
    if (mode == null) {
      byte[] salt = newSalt(random);
      byte[] proof = prover(keys, salt).seal(SealedStore.COLUMN, MODE_KEY, new byte[0]);
      write(
          MODE_KEY,
          ByteBuffer.allocate(1 + salt.length + proof.length)
              .put(SEALED)
              .put(salt)
              .put(proof)
              .array());
      return;
    }
    int head = 1 + EpochKeys.SALT_BYTES;
    if (mode.length <= head || mode[0] != SEALED) {
      throw new DefraException(ErrorCode.ENCRYPTION_KEY_MISMATCH, MISMATCH);
    }
    byte[] salt = java.util.Arrays.copyOfRange(mode, 1, head);
    byte[] proof = java.util.Arrays.copyOfRange(mode, head, mode.length);
    try {
      prover(keys, salt).open(SealedStore.COLUMN, MODE_KEY, proof);
    } catch (DefraException e) {
      throw new DefraException(ErrorCode.ENCRYPTION_KEY_MISMATCH, MISMATCH, e.getCause());
    }
  }

  /** Begins an epoch, and answers a sealer that writes in it and reads all earlier ones. */
  ValueSealer beginEpoch(EpochKeys keys, Random random) {
    TreeMap<Integer, byte[]> salts = readSalts();
    int epoch = salts.isEmpty() ? 1 : salts.lastKey() + 1;
    byte[] salt = newSalt(random);
    write(ByteBuffer.allocate(5).put(EPOCH_PREFIX).putInt(epoch).array(), salt);
    var derived = new ConcurrentHashMap<Integer, SecretKey>();
    return new ValueSealer(
        epoch,
        keys.derive(salt),
        asked ->
            derived.computeIfAbsent(
                asked,
                unused -> {
                  byte[] earlier = salts.get(asked);
                  if (earlier == null) {
                    throw new DefraException(
                        ErrorCode.CORRUPT, "a stored value names no epoch", "Epoch", asked);
                  }
                  return keys.derive(earlier);
                }));
  }

  private TreeMap<Integer, byte[]> readSalts() {
    var salts = new TreeMap<Integer, byte[]>();
    try (Snapshot snapshot = store.snapshot();
        Cursor cursor =
            snapshot.cursor(
                SealedStore.COLUMN, KeyRange.prefix(new byte[] {EPOCH_PREFIX}), false)) {
      while (cursor.next()) {
        salts.put(ByteBuffer.wrap(cursor.key()).getInt(1), cursor.value());
      }
    }
    return salts;
  }

  private static ValueSealer prover(EpochKeys keys, byte[] salt) {
    SecretKey key = keys.derive(salt);
    return new ValueSealer(0, key, epoch -> key);
  }

  private static byte[] newSalt(Random random) {
    byte[] salt = new byte[EpochKeys.SALT_BYTES];
    random.nextBytes(salt);
    return salt;
  }

  private byte @Nullable [] mode() {
    try (Snapshot snapshot = store.snapshot()) {
      return snapshot.get(SealedStore.COLUMN, MODE_KEY);
    }
  }

  /** Synced: a value may reach the disk before the log does, and needs its epoch there. */
  private void write(byte[] key, byte[] value) {
    store.write(new WriteBatch().put(SealedStore.COLUMN, key, value), Durability.SYNC);
  }
}
