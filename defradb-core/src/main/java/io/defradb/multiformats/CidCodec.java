package io.defradb.multiformats;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.util.Arrays;

/** The binary and text forms of a {@link Cid}. */
final class CidCodec {
  private static final int BINARY_BYTES = 4 + Cid.DIGEST_BYTES;

  private static final int VERSION_0_CHARACTERS = 46;
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
    requireWhole(bytes);
    if (bytes.length != BINARY_BYTES
        || bytes[1] < 0
        || bytes[2] != SHA2_256
        || bytes[3] != Cid.DIGEST_BYTES) {
      throw new DefraException(ErrorCode.INVALID_CID, "invalid cid");
    }
    return new Cid(bytes[1], Bytes.wrap(Arrays.copyOfRange(bytes, 4, BINARY_BYTES)));
  }

  /** Version, codec, hash function, length and digest, and nothing behind them. */
  private static void requireWhole(byte[] bytes) {
    if (bytes.length > 2 && bytes[0] == SHA2_256 && bytes[1] == Cid.DIGEST_BYTES) {
      throw bytes.length < 2 + Cid.DIGEST_BYTES
          ? invalid("invalid cid: not enough bytes for cid v0")
          : invalid("trailing bytes in data buffer passed to cid Cast");
    }
    long version = varint(bytes, 0);
    if (version != 1) {
      throw invalid("invalid cid: expected 1 as the cid version number, got: " + version);
    }
    int hashAt = 1 + Varint.length(varint(bytes, 1));
    if (bytes.length < hashAt + 2) {
      throw invalid("invalid cid: multihash too short. must be >= 2 bytes");
    }
    int lengthAt = hashAt + Varint.length(varint(bytes, hashAt));
    long length = varint(bytes, lengthAt);
    if (length > Integer.MAX_VALUE) {
      throw invalid("invalid cid: digest too long, supporting only <= 2^31-1");
    }
    long end = lengthAt + Varint.length(length) + length;
    if (end > bytes.length) {
      throw invalid("invalid cid: length greater than remaining number of bytes in buffer");
    }
    if (end < bytes.length) {
      throw invalid("trailing bytes in data buffer passed to cid Cast");
    }
  }

  private static long varint(byte[] bytes, int at) {
    try {
      return Varint.decode(bytes, at);
    } catch (DefraException e) {
      throw invalid(
          "invalid cid: "
              + (e.text().contains("minimally")
                  ? e.text()
                  : bytes.length - at >= Varint.BYTES_MAX
                      ? "varints larger than uint63 not supported"
                      : "varints malformed, could not reach the end"));
    }
  }

  static Cid parse(String text) {
    if (text.length() < 2) {
      throw invalid("cid too short");
    }
    if (text.length() == VERSION_0_CHARACTERS && text.startsWith("Qm")) {
      return parseVersion0(text);
    }
    byte[] bytes;
    try {
      bytes = LooseMultibase.decode(text);
    } catch (DefraException e) {
      throw invalid(e.text());
    }
    return parse(bytes);
  }

  /** Base58 without its letter (CID specification, version 0). */
  private static Cid parseVersion0(String text) {
    byte[] bytes;
    try {
      bytes = Base58.decode(text);
    } catch (DefraException e) {
      throw invalid("input isn't valid multihash");
    }
    return parse(bytes);
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
