package io.defradb.multiformats;

/**
 * base58btc without the multibase letter: base 58, a digit {@code 1} for every leading zero byte.
 */
final class Base58 {
  static final String DIGITS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

  private Base58() {}

  static String encode(byte[] bytes) {
    byte[] digits = new byte[bytes.length * 138 / 100 + 1]; // log 256 / log 58, rounded up
    int used = 0;
    int zeros = 0;
    while (zeros < bytes.length && bytes[zeros] == 0) {
      zeros++;
    }
    for (int i = zeros; i < bytes.length; i++) {
      int carry = bytes[i] & 0xff;
      for (int at = 0; at < used || carry != 0; at++) {
        carry += 256 * digits[at];
        digits[at] = (byte) (carry % 58);
        carry /= 58;
        used = Math.max(used, at + 1);
      }
    }
    var text = new StringBuilder(zeros + used).append("1".repeat(zeros));
    for (int at = used - 1; at >= 0; at--) {
      text.append(DIGITS.charAt(digits[at]));
    }
    return text.toString();
  }

  /** Throws {@code INVALID_ARGUMENT}. */
  static byte[] decode(String text) {
    byte[] reversed = new byte[text.length()];
    int used = 0;
    int zeros = 0;
    while (zeros < text.length() && text.charAt(zeros) == '1') {
      zeros++;
    }
    for (int i = zeros; i < text.length(); i++) {
      int carry = DIGITS.indexOf(text.charAt(i));
      if (carry < 0) {
        throw Multibase.malformed();
      }
      for (int at = 0; at < used || carry != 0; at++) {
        carry += 58 * (reversed[at] & 0xff);
        reversed[at] = (byte) carry;
        carry >>= 8;
        used = Math.max(used, at + 1);
      }
    }
    byte[] bytes = new byte[zeros + used];
    for (int i = 0; i < used; i++) {
      bytes[zeros + i] = reversed[used - 1 - i];
    }
    return bytes;
  }
}
