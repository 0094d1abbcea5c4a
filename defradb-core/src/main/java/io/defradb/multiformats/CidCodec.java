package io.defradb.multiformats;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.util.Arrays;

/** The binary and text forms of a {@link Cid}. */
final class CidCodec {
  private static final int BINARY_BYTES = 4 + Cid.DIGEST_BYTES;

  private static final byte SHA2_256 = 0x12;

  private CidCodec() {}

  static byte[] toBytes(Cid cid) {
    if (cid.codec() == Cid.VERSION_0) {
      byte[] bytes = new byte[2 + Cid.DIGEST_BYTES];
      bytes[0] = SHA2_256;
      bytes[1] = Cid.DIGEST_BYTES;
      System.arraycopy(cid.digest().unsafeArray(), 0, bytes, 2, Cid.DIGEST_BYTES);
      return bytes;
    }
    byte[] bytes = new byte[BINARY_BYTES];
    bytes[0] = 1;
    bytes[1] = (byte) cid.codec();
    bytes[2] = SHA2_256;
    bytes[3] = Cid.DIGEST_BYTES;
    System.arraycopy(cid.digest().unsafeArray(), 0, bytes, 4, Cid.DIGEST_BYTES);
    return bytes;
  }

  static String toText(Cid cid) {
    return Base32.encode("b", toBytes(cid));
  }

  static Cid parse(byte[] bytes) {
    boolean isVersion0 =
        bytes.length == 2 + Cid.DIGEST_BYTES
            && bytes[0] == SHA2_256
            && bytes[1] == Cid.DIGEST_BYTES;
    if (isVersion0) {
      return new Cid(Cid.VERSION_0, Bytes.wrap(Arrays.copyOfRange(bytes, 2, bytes.length)));
    }
    requireVersion1(bytes);
    if (bytes.length != BINARY_BYTES
        || bytes[1] < 0
        || bytes[2] != SHA2_256
        || bytes[3] != Cid.DIGEST_BYTES) {
      throw new DefraException(ErrorCode.INVALID_CID, "invalid cid");
    }
    return new Cid(bytes[1], Bytes.wrap(Arrays.copyOfRange(bytes, 4, BINARY_BYTES)));
  }

  private static void requireVersion1(byte[] bytes) {
    long version;
    try {
      version = Varint.decode(bytes, 0);
    } catch (DefraException e) {
      throw invalid("invalid cid: varints malformed, could not reach the end");
    }
    if (version != 1) {
      throw invalid("invalid cid: expected 1 as the cid version number, got: " + version);
    }
  }

  static Cid parse(String text) {
    if (text.length() < 2) {
      throw invalid("cid too short");
    }
    return parse(CidDigits.bytes(text));
  }

  static DefraException invalid(String reason) {
    return new DefraException(ErrorCode.INVALID_CID, "invalid cid: " + reason);
  }

  /**
   * Compares the texts without making them: the first five bits that differ decide, and the digits
   * of 26 to 31 ({@code 2} to {@code 7}) come before those of 0 to 25.
   */
  static int compareText(Cid a, Cid b) {
    if (a.codec() != b.codec()) {
      return toText(a).compareTo(toText(b));
    }
    byte[] left = a.digest().unsafeArray();
    byte[] right = b.digest().unsafeArray();
    int at = Arrays.mismatch(left, right);
    if (at < 0) {
      return 0;
    }
    int headBytes = a.codec() == Cid.VERSION_0 ? 2 : 4;
    int bit = Integer.numberOfLeadingZeros((left[at] ^ right[at]) & 0xff) - 24;
    int digit = ((headBytes + at) * 8 + bit) / 5;
    return Integer.compare(order(left, headBytes, digit), order(right, headBytes, digit));
  }

  /** Where the digit comes in the order of its character. */
  private static int order(byte[] digest, int headBytes, int digit) {
    int from = digit * 5 - headBytes * 8;
    int value = 0;
    for (int i = from; i < from + 5; i++) {
      boolean isInside = i >= 0 && i < digest.length * 8;
      value = value << 1 | (isInside ? digest[i >> 3] >> (7 - (i & 7)) & 1 : 0);
    }
    return (value + 6) % 32;
  }
}
