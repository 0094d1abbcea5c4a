package io.defradb.multiformats;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Texts of users in any base that the reference reads (multiformats, "Multibase"), and its words
 * for what is none. Looser than {@link Multibase}: either case where a base has one, and bits left
 * over in the last digit do not count. Throws {@code INVALID_ARGUMENT}.
 */
public final class LooseMultibase {
  private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";
  private static final String BASE32_HEX = "0123456789abcdefghijklmnopqrstuv";
  private static final String BASE36 = "0123456789abcdefghijklmnopqrstuvwxyz";
  private static final String BASE58_FLICKR =
      "123456789abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ";
  private static final String BASE64 =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  private static final String BASE64_URL = BASE64.replace('+', '-').replace('/', '_');

  /** Longer numbers are no CID, and take time in the square of their length. */
  private static final int NUMBER_CHARS_MAX = 1024;

  private LooseMultibase() {}

  public static byte[] decode(String text) {
    if (text.isEmpty()) {
      throw fault("cannot decode multibase for zero length string");
    }
    String digits = text.substring(1);
    return switch (text.charAt(0)) {
      case 0 -> digits.getBytes(StandardCharsets.UTF_8);
      case '0' -> base2(digits);
      case 'f', 'F' -> base16(digits);
      case 'b', 'B' -> inGroups(digits, "base32", BASE32, false);
      case 'c', 'C' -> inGroups(digits, "base32", BASE32, true);
      case 'v', 'V' -> inGroups(digits, "base32", BASE32_HEX, false);
      case 't', 'T' -> inGroups(digits, "base32", BASE32_HEX, true);
      case 'k', 'K' -> base36(digits);
      case 'z' -> base58(digits, Base58.DIGITS);
      case 'Z' -> base58(digits, BASE58_FLICKR);
      case 'm' -> inGroups(digits, "base64", BASE64, false);
      case 'M' -> inGroups(digits, "base64", BASE64, true);
      case 'u' -> inGroups(digits, "base64", BASE64_URL, false);
      case 'U' -> inGroups(digits, "base64", BASE64_URL, true);
      default -> throw fault("selected encoding not supported");
    };
  }

  private static byte[] base2(String digits) {
    String whole = "0".repeat((8 - digits.length() % 8) % 8) + digits;
    byte[] bytes = new byte[whole.length() / 8];
    for (int i = 0; i < bytes.length; i++) {
      String octet = whole.substring(8 * i, 8 * i + 8);
      if (!octet.chars().allMatch(it -> it == '0' || it == '1')) {
        throw fault(
            "error while conversion: strconv.ParseInt: parsing \"" + octet + "\": invalid syntax");
      }
      bytes[i] = (byte) Integer.parseInt(octet, 2);
    }
    return bytes;
  }

  private static byte[] base16(String digits) {
    byte[] characters = digits.getBytes(StandardCharsets.UTF_8);
    byte[] bytes = new byte[characters.length / 2];
    for (int i = 0; i < characters.length; i++) {
      int character = characters[i] & 0xff;
      int digit = character < 0x80 ? Character.digit(character, 16) : -1;
      if (digit < 0) {
        throw fault("encoding/hex: invalid byte: U+%04X '%c'".formatted(character, character));
      }
      if (i / 2 < bytes.length) {
        bytes[i / 2] = (byte) (bytes[i / 2] << 4 | digit);
      }
    }
    if (characters.length % 2 != 0) {
      throw fault("encoding/hex: odd length hex string");
    }
    return bytes;
  }

  /** Digits of five or six bits; a group of them, perhaps padded, makes whole bytes. */
  private static byte[] inGroups(String text, String name, String digits, boolean isPadded) {
    boolean isBase32 = name.equals("base32");
    int digitBits = isBase32 ? 5 : 6;
    int groupChars = isBase32 ? 8 : 4;
    byte[] characters = text.getBytes(StandardCharsets.UTF_8);
    int end = isPadded ? unpadded(characters, groupChars) : characters.length;
    var bytes = new ByteArrayOutputStream();
    int buffer = 0;
    int bits = 0;
    for (int i = 0; i < end; i++) {
      char character = (char) (characters[i] & 0xff);
      int digit = digits.indexOf(isBase32 ? lower(character) : character);
      if (digit < 0) {
        throw illegal(name, i);
      }
      buffer = buffer << digitBits | digit;
      bits += digitBits;
      if (bits >= 8) {
        bits -= 8;
        bytes.write(buffer >> bits);
        buffer &= (1 << bits) - 1;
      }
    }
    if (isPadded && characters.length % groupChars != 0) {
      throw illegal(name, characters.length / groupChars * groupChars);
    }
    if (!isBase32 && end % groupChars == 1) {
      throw illegal(name, end - 1);
    }
    return bytes.toByteArray();
  }

  /** How many characters stand before the padding of a whole last group. */
  private static int unpadded(byte[] characters, int groupChars) {
    int end = characters.length;
    while (end > 0 && end > characters.length - groupChars && characters[end - 1] == '=') {
      end--;
    }
    return end;
  }

  private static byte[] base36(String digits) {
    if (digits.isEmpty()) {
      throw fault("can not decode zero-length string");
    }
    return number(digits.toLowerCase(Locale.ROOT), BASE36, "invalid base36 character");
  }

  private static byte[] base58(String digits, String alphabet) {
    if (digits.isEmpty()) {
      throw fault("zero length string");
    }
    return number(digits, alphabet, "Invalid base58 digit");
  }

  /** One number in the base of the alphabet, behind a zero byte for each leading zero digit. */
  private static byte[] number(String text, String alphabet, String digitName) {
    if (text.length() > NUMBER_CHARS_MAX) {
      throw fault("longer than " + NUMBER_CHARS_MAX + " characters");
    }
    BigInteger base = BigInteger.valueOf(alphabet.length());
    BigInteger number = BigInteger.ZERO;
    int zeros = 0;
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      int digit = alphabet.indexOf(character);
      if (digit < 0) {
        throw fault(
            character > 0x7f && alphabet.length() == 58
                ? "high-bit set on invalid digit"
                : digitName + " ('" + character + "')");
      }
      zeros += digit == 0 && number.signum() == 0 ? 1 : 0;
      number = number.multiply(base).add(BigInteger.valueOf(digit));
    }
    byte[] magnitude = number.toByteArray();
    int from = magnitude[0] == 0 ? 1 : 0;
    byte[] bytes = new byte[zeros + magnitude.length - from];
    System.arraycopy(magnitude, from, bytes, zeros, magnitude.length - from);
    return bytes;
  }

  private static char lower(char character) {
    return character >= 'A' && character <= 'Z' ? (char) (character + 32) : character;
  }

  private static DefraException illegal(String name, int at) {
    return fault("illegal " + name + " data at input byte " + at);
  }

  private static DefraException fault(String text) {
    return new DefraException(ErrorCode.INVALID_ARGUMENT, text);
  }
}
