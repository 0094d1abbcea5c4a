package io.defradb.document;

import java.util.Comparator;

/**
 * Text in the order of its UTF-8 bytes, which is the order of code points and not of Java's chars.
 */
public enum Utf8Order implements Comparator<String> {
  INSTANCE;

  @Override
  public int compare(String a, String b) {
    int shorter = Math.min(a.length(), b.length());
    for (int i = 0; i < shorter; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean areBothSurrogates = Character.isSurrogate(x) == Character.isSurrogate(y);
        return areBothSurrogates ? Character.compare(x, y) : Character.isSurrogate(x) ? 1 : -1;
      }
    }
    return Integer.compare(a.length(), b.length());
  }
}
