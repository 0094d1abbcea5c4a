package io.defradb.document;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.nio.charset.StandardCharsets;

/**
 * Says what is wrong with a JSON text in the words of the reference's parser (Go's {@code
 * encoding/json}). Only asked once a text is known to be broken.
 */
public final class JsonFault {
  private final String text;
  private int at;

  private static final class Found extends DefraException {
    private static final long serialVersionUID = 1L;

    Found(String message) {
      super(ErrorCode.INVALID_JSON, message);
    }
  }

  private JsonFault(String text) {
    this.text = text;
  }

  /** A character that is no ASCII is told byte by byte, as there. */
  public static String explain(byte[] json) {
    var scan = new JsonFault(new String(json, StandardCharsets.ISO_8859_1));
    try {
      scan.value(0);
      scan.skipBlanks();
      if (scan.at < scan.text.length()) {
        throw invalid(scan.raw(), "after top-level value");
      }
      return "invalid JSON";
    } catch (Found found) {
      return String.valueOf(found.getMessage());
    }
  }

  private void value(int depth) {
    if (depth > 10_000) {
      throw new Found("exceeded max depth");
    }
    int c = next();
    switch (c) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> string();
      case 't' -> literal("true");
      case 'f' -> literal("false");
      case 'n' -> literal("null");
      default -> {
        if (c == '-' || (c >= '0' && c <= '9')) {
          number((char) c);
        } else {
          throw invalid(c, "looking for beginning of value");
        }
      }
    }
  }

  private void object(int depth) {
    String context = "looking for beginning of object key string";
    int c = next();
    if (c == '}') {
      return;
    }
    while (true) {
      if (c != '"') {
        throw invalid(c, context);
      }
      string();
      expect(':', "after object key");
      value(depth + 1);
      c = next();
      if (c == '}') {
        return;
      }
      if (c != ',') {
        throw invalid(c, "after object key:value pair");
      }
      c = next();
    }
  }

  private void array(int depth) {
    skipBlanks();
    if (at < text.length() && text.charAt(at) == ']') {
      at++;
      return;
    }
    while (true) {
      value(depth + 1);
      int c = next();
      if (c == ']') {
        return;
      }
      if (c != ',') {
        throw invalid(c, "after array element");
      }
    }
  }

  private void string() {
    while (true) {
      int c = raw();
      if (c == '"') {
        return;
      }
      if (c < 0x20) {
        throw invalid(c, "in string literal");
      }
      if (c == '\\') {
        escape();
      }
    }
  }

  private void escape() {
    int c = raw();
    if (c == 'u') {
      for (int i = 0; i < 4; i++) {
        int digit = raw();
        if (Character.digit(digit, 16) < 0) {
          throw invalid(digit, "in \\u hexadecimal character escape");
        }
      }
    } else if ("\"\\/bfnrt".indexOf(c) < 0) {
      throw invalid(c, "in string escape code");
    }
  }

  private void literal(String word) {
    for (int i = 1; i < word.length(); i++) {
      int c = raw();
      if (c != word.charAt(i)) {
        throw invalid(c, "in literal " + word + " (expecting '" + word.charAt(i) + "')");
      }
    }
  }

  private void number(char first) {
    int c = first;
    if (c == '-') {
      c = raw();
      if (c < '0' || c > '9') {
        throw invalid(c, "in numeric literal");
      }
    }
    if (c != '0') {
      digits();
    }
    if (peek() == '.') {
      at++;
      int digit = raw();
      if (digit < '0' || digit > '9') {
        throw invalid(digit, "after decimal point in numeric literal");
      }
      digits();
    }
    if (peek() == 'e' || peek() == 'E') {
      at++;
      if (peek() == '+' || peek() == '-') {
        at++;
      }
      int digit = raw();
      if (digit < '0' || digit > '9') {
        throw invalid(digit, "in exponent of numeric literal");
      }
      digits();
    }
  }

  private void digits() {
    while (peek() >= '0' && peek() <= '9') {
      at++;
    }
  }

  private int peek() {
    return at < text.length() ? text.charAt(at) : -1;
  }

  private int raw() {
    if (at >= text.length()) {
      throw new Found("unexpected end of JSON input");
    }
    return text.charAt(at++);
  }

  private int next() {
    skipBlanks();
    return raw();
  }

  private void expect(char wanted, String context) {
    int c = next();
    if (c != wanted) {
      throw invalid(c, context);
    }
  }

  private void skipBlanks() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private static boolean isUnseen(int c) {
    return c >= 0x80 && c <= 0xa0 || c == 0xad;
  }

  private static Found invalid(int c, String context) {
    String shown =
        switch (c) {
          case '\'' -> "'\\''";
          case '"' -> "'\"'";
          case '\n' -> "'\\n'";
          case '\t' -> "'\\t'";
          case '\r' -> "'\\r'";
          default ->
              c < 0x20 || c == 0x7f
                  ? "'\\x" + String.format(java.util.Locale.ROOT, "%02x", c) + "'"
                  : isUnseen(c)
                      ? "'\\u" + String.format(java.util.Locale.ROOT, "%04x", c) + "'"
                      : "'" + (char) c + "'";
        };
    return new Found("invalid character " + shown + " " + context);
  }
}
