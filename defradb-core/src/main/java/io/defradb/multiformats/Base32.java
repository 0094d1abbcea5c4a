package io.defradb.multiformats;

/** Base32 of RFC 4648 in lower case, without padding. */
final class Base32 {
  private static final String DIGITS = "abcdefghijklmnopqrstuvwxyz234567";

  private Base32() {}

  static String encode(byte[] bytes) {
    var text = new StringBuilder((bytes.length * 8 + 4) / 5);
    append(bytes, text);
    return text.toString();
  }

  static void append(byte[] bytes, StringBuilder text) {
    int buffer = 0;
    int bits = 0;
    for (byte b : bytes) {
      buffer = (buffer << 8 | (b & 0xff)) & 0xfff; // at most 4 bits are left over from before
      bits += 8;
      while (bits >= 5) {
        bits -= 5;
        text.append(DIGITS.charAt(buffer >> bits & 31));
      }
    }
    if (bits > 0) {
      text.append(DIGITS.charAt(buffer << (5 - bits) & 31));
    }
  }

  /** Throws {@code INVALID_ARGUMENT}, for bits left over that are not zero too. */
  static byte[] decode(String text) {
    return decode(text, true);
  }

  /** The same, but bits left over and characters too many are dropped. */
  static byte[] decodeLoosely(String text) {
    return decode(text, false);
  }

  private static byte[] decode(String text, boolean isStrict) {
    byte[] bytes = new byte[(int) (text.length() * 5L / 8)];
    int buffer = 0;
    int bits = 0;
    int at = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = DIGITS.indexOf(text.charAt(i));
      if (digit < 0) {
        throw Multibase.malformed();
      }
      buffer = buffer << 5 | digit;
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        bytes[at++] = (byte) (buffer >> bits);
        buffer &= (1 << bits) - 1;
      }
    }
    if (isStrict && (bits >= 5 || buffer != 0)) {
      throw Multibase.malformed();
    }
    return bytes;
  }
}
