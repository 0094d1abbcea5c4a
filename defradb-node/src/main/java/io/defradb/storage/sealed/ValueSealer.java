package io.defradb.storage.sealed;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.storage.Column;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * Seals and opens values with AES-GCM.
 *
 * <pre>
 * 01 | epoch varint | counter varint | cipher text | tag, 16 bytes
 * nonce: counter, 12 bytes big-endian; additional data: column id, 1 byte, then the key
 * </pre>
 *
 * The counter never repeats within an epoch and an epoch's key is used by one process only, so that
 * no nonce is used twice with one key. Safe for many threads.
 */
final class ValueSealer {
  private static final byte VERSION = 1;
  private static final int TAG_BYTES = 16;
  private static final int NONCE_BYTES = 12;

  private final int epoch;
  private final SecretKey key;
  private final IntFunction<SecretKey> keyOfEpoch;
  private final AtomicLong counter = new AtomicLong();
  private final ThreadLocal<Cipher> cipher = ThreadLocal.withInitial(ValueSealer::newCipher);

  /** {@code keyOfEpoch}: throws CORRUPT for an epoch that never was. */
  ValueSealer(int epoch, SecretKey key, IntFunction<SecretKey> keyOfEpoch) {
    this.epoch = epoch;
    this.key = key;
    this.keyOfEpoch = keyOfEpoch;
  }

  byte[] seal(Column column, byte[] storeKey, byte[] value) {
    long count = counter.getAndIncrement();
    int head = 1 + varintBytes(epoch) + varintBytes(count);
    byte[] sealed = new byte[head + value.length + TAG_BYTES];
    sealed[0] = VERSION;
    putVarint(sealed, putVarint(sealed, 1, epoch), count);
    try {
      Cipher aes = start(Cipher.ENCRYPT_MODE, key, count, column, storeKey);
      aes.doFinal(value, 0, value.length, sealed, head);
      return sealed;
    } catch (GeneralSecurityException e) {
      throw new DefraException(ErrorCode.INTERNAL, "cannot seal a value", e);
    }
  }

  /** Throws CORRUPT for what was not sealed for exactly this column and key. */
  byte[] open(Column column, byte[] storeKey, byte[] sealed) {
    if (sealed.length < 3 + TAG_BYTES || sealed[0] != VERSION) {
      throw corrupt(column, null);
    }
    long sealedEpoch = varint(sealed, 1, column);
    int at = 1 + varintBytes(sealedEpoch);
    long count = varint(sealed, at, column);
    at += varintBytes(count);
    if (sealed.length < at + TAG_BYTES || sealedEpoch > Integer.MAX_VALUE) {
      throw corrupt(column, null);
    }
    try {
      SecretKey sealingKey = sealedEpoch == epoch ? key : keyOfEpoch.apply((int) sealedEpoch);
      return start(Cipher.DECRYPT_MODE, sealingKey, count, column, storeKey)
          .doFinal(sealed, at, sealed.length - at);
    } catch (GeneralSecurityException e) {
      throw corrupt(column, e);
    }
  }

  private Cipher start(int mode, SecretKey with, long count, Column column, byte[] storeKey)
      throws GeneralSecurityException {
    byte[] nonce = new byte[NONCE_BYTES];
    for (int i = 0; i < Long.BYTES; i++) {
      nonce[NONCE_BYTES - 1 - i] = (byte) (count >>> 8 * i);
    }
    Cipher aes = cipher.get();
    aes.init(mode, with, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
    byte[] additional = new byte[1 + storeKey.length];
    additional[0] = (byte) column.id();
    System.arraycopy(storeKey, 0, additional, 1, storeKey.length);
    aes.updateAAD(additional);
    return aes;
  }

  private static Cipher newCipher() {
    try {
      return Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK has AES-GCM", e);
    }
  }

  private static DefraException corrupt(Column column, @Nullable Throwable cause) {
    return new DefraException(
        ErrorCode.CORRUPT, "a stored value was changed", Map.of("Column", column.name()), cause);
  }

  private static int varintBytes(long value) {
    int bits = Long.SIZE - Long.numberOfLeadingZeros(value | 1);
    return (bits + 6) / 7;
  }

  private static int putVarint(byte[] out, int from, long value) {
    int at = from;
    long rest = value;
    while (rest >= 0x80) {
      out[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    out[at++] = (byte) rest;
    return at;
  }

  /** Refuses what is longer than need be, so that a value has one sealed form. */
  private static long varint(byte[] in, int from, Column column) {
    long value = 0;
    for (int i = 0; i < 9 && from + i < in.length; i++) {
      byte next = in[from + i];
      value |= (long) (next & 0x7f) << 7 * i;
      if (next >= 0) {
        if (i > 0 && next == 0) {
          break;
        }
        return value;
      }
    }
    throw corrupt(column, null);
  }
}
