package io.defradb.graphql.validation;

/** What a Blob may be: hexadecimal digits of any case, one at least, an odd number too. */
public final class Hex {
  private Hex() {}

  public static boolean isHex(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean isDigit = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
      if (!isDigit) {
        return false;
      }
    }
    return !text.isEmpty();
  }
}
