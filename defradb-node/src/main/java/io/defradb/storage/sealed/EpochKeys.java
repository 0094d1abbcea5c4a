package io.defradb.storage.sealed;

import io.defradb.multiformats.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Data keys from the master key: HKDF-SHA256 (RFC 5869) with the epoch's salt, one block of output
 * cut to the master key's length.
 */
final class EpochKeys {
  static final int SALT_BYTES = 16;
  private static final byte[] INFO = "defradb/storage/1".getBytes(StandardCharsets.US_ASCII);
  private static final String HMAC = "HmacSHA256";

  private final byte[] master;

  /** {@code master}: 16, 24 or 32 bytes. */
  EpochKeys(Bytes master) {
    int length = master.length();
    if (length != 16 && length != 24 && length != 32) {
      throw new IllegalArgumentException("an AES key has 16, 24 or 32 bytes, not " + length);
    }
    this.master = master.toArray();
  }

  SecretKey derive(byte[] salt) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(salt, HMAC));
      byte[] pseudoRandomKey = mac.doFinal(master);
      mac.init(new SecretKeySpec(pseudoRandomKey, HMAC));
      mac.update(INFO);
      mac.update((byte) 1);
      return new SecretKeySpec(Arrays.copyOf(mac.doFinal(), master.length), "AES");
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK has HMAC-SHA256", e);
    }
  }
}
