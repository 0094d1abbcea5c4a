package io.defradb.multiformats;

import java.nio.charset.StandardCharsets;

/** Base32 of RFC 4648 in lower case, without padding. */
final class Base32 {
  private static final String DIGITS = "abcdefghijklmnopqrstuvwxyz234567";
  private static final byte[] ENCODED = DIGITS.getBytes(StandardCharsets.US_ASCII);

  private Base32() {}

  static String encode(byte[] bytes) {
    return encode("", bytes);
  }

  /** Behind {@code prefix}, which is ASCII. */
  static String encode(String prefix, byte[] bytes) {
    int at = prefix.length();
    byte[] text = new byte[at + (bytes.length * 8 + 4) / 5];
    for (int i = 0; i < at; i++) {
      text[i] = (byte) prefix.charAt(i);
    }
    int buffer = 0;
    int bits = 0;
    for (byte b : bytes) {
      buffer = (buffer << 8 | (b & 0xff)) & 0xfff; // at most 4 bits are left over from before
      bits += 8;
      while (bits >= 5) {
        bits -= 5;
        text[at++] = ENCODED[buffer >> bits & 31];
      }
    }
    if (bits > 0) {
      text[at] = ENCODED[buffer << (5 - bits) & 31];
    }
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  /** Throws {@code INVALID_ARGUMENT}, for bits left over that are not zero too. */
  static byte[] decode(String text) {
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
    if (bits >= 5 || buffer != 0) {
      throw Multibase.malformed();
    }
    return bytes;
  }
}
