package io.defradb.multiformats;

import io.defradb.error.DefraException;
import java.util.Locale;

/**
 * The bytes of a CID's text. Looser than {@link Multibase}: either case where a base has one, bits
 * left over in the last digit do not count, and a text of 46 characters that begins with {@code Qm}
 * is base58 without its letter (CID specification, version 0).
 */
final class CidDigits {
  private static final int VERSION_0_CHARACTERS = 46;

  private CidDigits() {}

  /** {@code text} has two characters or more. Throws {@code INVALID_CID}. */
  static byte[] bytes(String text) {
    if (text.length() == VERSION_0_CHARACTERS && text.startsWith("Qm")) {
      return base58(text);
    }
    String digits = text.substring(1);
    return switch (text.charAt(0)) {
      case 'b', 'B' -> base32(digits.toLowerCase(Locale.ROOT));
      case 'f', 'F' -> base16(digits);
      case 'z' -> base58(digits);
      case 'u' -> other(text);
      default -> throw CidCodec.invalid("selected encoding not supported");
    };
  }

  private static byte[] base32(String digits) {
    try {
      return Base32.decodeLoosely(digits);
    } catch (DefraException e) {
      throw CidCodec.invalid("illegal base32 data");
    }
  }

  private static byte[] base16(String digits) {
    byte[] bytes = new byte[digits.length() / 2];
    for (int i = 0; i < digits.length(); i++) {
      char character = digits.charAt(i);
      int digit = Character.digit(character, 16);
      if (digit < 0 || character > 'f') {
        throw CidCodec.invalid(
            "encoding/hex: invalid byte: U+%04X '%c'".formatted((int) character, character));
      }
      if (i / 2 < bytes.length) {
        bytes[i / 2] = (byte) (bytes[i / 2] << 4 | digit);
      }
    }
    if (digits.length() % 2 != 0) {
      throw CidCodec.invalid("encoding/hex: odd length hex string");
    }
    return bytes;
  }

  private static byte[] base58(String digits) {
    for (int i = 0; i < digits.length(); i++) {
      if (Base58.DIGITS.indexOf(digits.charAt(i)) < 0) {
        throw CidCodec.invalid("Invalid base58 digit ('" + digits.charAt(i) + "')");
      }
    }
    return Base58.decode(digits);
  }

  private static byte[] other(String text) {
    try {
      return Multibase.decode(text);
    } catch (DefraException e) {
      throw CidCodec.invalid("illegal base64 data");
    }
  }
}
