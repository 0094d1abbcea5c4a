package io.defradb.document;

/** What is well-formed UTF-8 (RFC 3629, section 4): nothing overlong, no surrogates. */
final class Utf8 {
  private Utf8() {}

  /** Bytes of the sequence of two to four bytes at {@code at}; 0 when there is none. */
  static int sequenceBytes(byte[] text, int at, int end) {
    int lead = text[at] & 0xff;
    if (lead >= 0xc2 && lead <= 0xdf) {
      return hasTail(text, at + 1, at + 2, end) ? 2 : 0;
    }
    if (lead >= 0xe0 && lead <= 0xef && at + 1 < end) {
      int second = text[at + 1] & 0xff;
      boolean isForbidden = (lead == 0xe0 && second < 0xa0) || (lead == 0xed && second > 0x9f);
      return !isForbidden && hasTail(text, at + 1, at + 3, end) ? 3 : 0;
    }
    if (lead >= 0xf0 && lead <= 0xf4 && at + 1 < end) {
      int second = text[at + 1] & 0xff;
      boolean isForbidden = (lead == 0xf0 && second < 0x90) || (lead == 0xf4 && second > 0x8f);
      return !isForbidden && hasTail(text, at + 1, at + 4, end) ? 4 : 0;
    }
    return 0;
  }

  private static boolean hasTail(byte[] text, int from, int to, int end) {
    if (to > end) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if ((text[i] & 0xc0) != 0x80) {
        return false;
      }
    }
    return true;
  }
}
