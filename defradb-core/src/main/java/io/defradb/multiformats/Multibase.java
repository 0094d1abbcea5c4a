package io.defradb.multiformats;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.util.Base64;

/**
 * Bytes as text that begins with the letter of its encoding (multiformats, "Multibase"): those
 * encodings that CIDs, DocIDs, DIDs and public keys here are written in.
 */
public enum Multibase {
  /** RFC 4648, lower case, no padding. */
  BASE32('b') {
    @Override
    String digits(byte[] bytes) {
      return Base32.encode(bytes);
    }

    @Override
    byte[] bytes(String digits) {
      return Base32.decode(digits);
    }
  },

  /** Bitcoin's alphabet. Takes time in the square of the length: for keys, not for content. */
  BASE58_BTC('z') {
    @Override
    String digits(byte[] bytes) {
      return Base58.encode(bytes);
    }

    @Override
    byte[] bytes(String digits) {
      return Base58.decode(digits);
    }
  },

  /** RFC 4648, section 5, no padding. */
  BASE64_URL('u') {
    @Override
    String digits(byte[] bytes) {
      return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    byte[] bytes(String digits) {
      byte[] bytes;
      try {
        bytes = Base64.getUrlDecoder().decode(digits);
      } catch (IllegalArgumentException e) {
        throw malformed();
      }
      if (!digits(bytes).equals(digits)) {
        throw malformed();
      }
      return bytes;
    }
  };

  private final char letter;

  Multibase(char letter) {
    this.letter = letter;
  }

  /** The letter, then the digits. */
  public String encode(byte[] bytes) {
    return letter + digits(bytes);
  }

  /** Text in any of these encodings. Throws {@code INVALID_ARGUMENT}. */
  public static byte[] decode(String text) {
    for (Multibase base : values()) {
      if (!text.isEmpty() && text.charAt(0) == base.letter) {
        return base.bytes(text.substring(1));
      }
    }
    throw malformed();
  }

  abstract String digits(byte[] bytes);

  abstract byte[] bytes(String digits);

  static DefraException malformed() {
    return new DefraException(ErrorCode.INVALID_ARGUMENT, "selected encoding not supported");
  }
}
