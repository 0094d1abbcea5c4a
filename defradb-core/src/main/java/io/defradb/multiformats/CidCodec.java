package io.defradb.multiformats;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.util.Arrays;

/** The binary and text forms of a {@link Cid}. */
final class CidCodec {
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
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
    byte[] bytes = toBytes(cid);
    var text = new StringBuilder(1 + (bytes.length * 8 + 4) / 5).append('b');
    int buffer = 0;
    int bits = 0;
    for (byte b : bytes) {
      buffer = (buffer << 8) | (b & 0xff);
      bits += 8;
      while (bits >= 5) {
        bits -= 5;
        text.append(ALPHABET.charAt((buffer >> bits) & 31));
      }
    }
    if (bits > 0) {
      text.append(ALPHABET.charAt((buffer << (5 - bits)) & 31));
    }
    return text.toString();
  }

  static Cid parse(byte[] bytes) {
    boolean isVersion0 =
        bytes.length == 2 + Cid.DIGEST_BYTES
            && bytes[0] == SHA2_256
            && bytes[1] == Cid.DIGEST_BYTES;
    if (isVersion0) {
      return new Cid(Cid.VERSION_0, Bytes.wrap(Arrays.copyOfRange(bytes, 2, bytes.length)));
    }
    if (bytes.length != BINARY_BYTES
        || bytes[0] != 1
        || bytes[2] != SHA2_256
        || bytes[3] != Cid.DIGEST_BYTES) {
      throw new DefraException(ErrorCode.INVALID_CID, "invalid cid");
    }
    return new Cid(bytes[1] & 0xff, Bytes.wrap(Arrays.copyOfRange(bytes, 4, BINARY_BYTES)));
  }

  static Cid parse(String text) {
    if (text.isEmpty() || text.charAt(0) != 'b') {
      throw new DefraException(
          ErrorCode.INVALID_CID, "invalid cid: selected encoding not supported");
    }
    byte[] bytes = new byte[(text.length() - 1) * 5 / 8];
    int buffer = 0;
    int bits = 0;
    int at = 0;
    for (int i = 1; i < text.length(); i++) {
      int digit = ALPHABET.indexOf(text.charAt(i));
      if (digit < 0) {
        throw new DefraException(
            ErrorCode.INVALID_CID, "invalid cid: selected encoding not supported");
      }
      buffer = (buffer << 5) | digit;
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        bytes[at++] = (byte) (buffer >> bits);
        buffer &= (1 << bits) - 1;
      }
    }
    return parse(bytes);
  }

  static int compareText(Cid a, Cid b) {
    return toText(a).compareTo(toText(b));
  }
}
