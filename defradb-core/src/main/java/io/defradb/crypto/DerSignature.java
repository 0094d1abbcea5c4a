package io.defradb.crypto;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The two forms of an ECDSA signature on a curve of 256 bits: compact, r and s of 32 bytes each,
 * and DER, {@code 30 len 02 len r 02 len s}, minimal.
 */
final class DerSignature {
  static final int COMPACT_BYTES = 64;
  private static final int SCALAR_BYTES = 32;
  private static final int SEQUENCE = 0x30;
  private static final int INTEGER = 0x02;

  private DerSignature() {}

  static byte[] encode(byte[] compact) {
    int rStart = start(compact, 0);
    int sStart = start(compact, SCALAR_BYTES);
    int rBytes = SCALAR_BYTES - rStart + sign(compact, rStart);
    int sBytes = COMPACT_BYTES - sStart + sign(compact, sStart);
    byte[] der = new byte[6 + rBytes + sBytes];
    der[0] = SEQUENCE;
    der[1] = (byte) (4 + rBytes + sBytes);
    int at = integer(der, 2, compact, rStart, SCALAR_BYTES, rBytes);
    integer(der, at, compact, sStart, COMPACT_BYTES, sBytes);
    return der;
  }

  /** {@code null}: not a minimal DER signature. */
  static byte @Nullable [] decode(byte[] der) {
    if (der.length < 8 || der[0] != SEQUENCE || der[1] != der.length - 2) {
      return null;
    }
    byte[] compact = new byte[COMPACT_BYTES];
    int at = scalar(der, 2, compact, SCALAR_BYTES);
    int end = at < 0 ? -1 : scalar(der, at, compact, COMPACT_BYTES);
    return end == der.length ? compact : null;
  }

  private static int start(byte[] compact, int from) {
    int at = from;
    while (at < from + SCALAR_BYTES - 1 && compact[at] == 0) {
      at++;
    }
    return at;
  }

  private static int sign(byte[] compact, int at) {
    return compact[at] < 0 ? 1 : 0;
  }

  private static int integer(byte[] der, int at, byte[] compact, int from, int to, int bytes) {
    der[at] = INTEGER;
    der[at + 1] = (byte) bytes;
    int end = at + 2 + bytes;
    System.arraycopy(compact, from, der, end - (to - from), to - from);
    return end;
  }

  /**
   * Writes the integer at {@code at} so that it ends at {@code to}; answers what follows, or -1.
   */
  private static int scalar(byte[] der, int at, byte[] compact, int to) {
    if (at + 2 > der.length || der[at] != INTEGER) {
      return -1;
    }
    int bytes = der[at + 1];
    int from = at + 2;
    int end = from + bytes;
    if (bytes < 1 || end > der.length || der[from] < 0) {
      return -1;
    }
    if (der[from] == 0 && bytes > 1) {
      if (der[from + 1] >= 0) {
        return -1;
      }
      from++;
    }
    if (end - from > SCALAR_BYTES) {
      return -1;
    }
    byte[] digits = Arrays.copyOfRange(der, from, end);
    System.arraycopy(digits, 0, compact, to - digits.length, digits.length);
    return end;
  }
}
