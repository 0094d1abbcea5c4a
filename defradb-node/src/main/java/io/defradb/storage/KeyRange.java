package io.defradb.storage;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Keys from {@code from} (inclusive) to {@code to} (exclusive; {@code null}: to the end of the
 * column).
 */
public record KeyRange(byte[] from, byte @Nullable [] to) {
  public static final KeyRange ALL = new KeyRange(new byte[0], null);

  /** All keys that begin with {@code prefix}. */
  public static KeyRange prefix(byte[] prefix) {
    return new KeyRange(prefix, successor(prefix));
  }

  /** The first key after all that begin with {@code prefix}; {@code null} when there is none. */
  private static byte @Nullable [] successor(byte[] prefix) {
    for (int i = prefix.length - 1; i >= 0; i--) {
      if (prefix[i] != (byte) 0xff) {
        byte[] next = Arrays.copyOf(prefix, i + 1);
        next[i]++;
        return next;
      }
    }
    return null;
  }
}
