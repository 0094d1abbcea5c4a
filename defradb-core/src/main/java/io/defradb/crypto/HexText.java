package io.defradb.crypto;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.util.HexFormat;

/** Hexadecimal text as users type it: keys. Faults read as the reference's. */
public final class HexText {
  private HexText() {}

  /** What is wrong with the digits. */
  public static final class Fault extends DefraException {
    private static final long serialVersionUID = 1L;

    Fault(String text) {
      super(ErrorCode.INVALID_KEY, text);
    }
  }

  /** Digits of any case. Throws {@link Fault}, for the first wrong character, else an odd count. */
  public static byte[] parse(String hex) {
    for (int i = 0; i < hex.length(); i++) {
      if (!HexFormat.isHexDigit(hex.charAt(i))) {
        int wrong = hex.codePointAt(i);
        throw new Fault(
            String.format(
                "encoding/hex: invalid byte: U+%04X '%s'", wrong, Character.toString(wrong)));
      }
    }
    if (hex.length() % 2 != 0) {
      throw new Fault("encoding/hex: odd length hex string");
    }
    return HexFormat.of().parseHex(hex);
  }
}
