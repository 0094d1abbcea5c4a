package io.defradb.identity;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The little JSON that token and key files need: read into {@link Map}, {@link List}, {@link
 * String}, {@link Double}, {@link Boolean} and null; at most {@value #DEPTH_MAX} levels deep. Core
 * carries no JSON library into the connectors.
 */
final class FlatJson {
  private static final int DEPTH_MAX = 16;

  private final String text;
  private int at;

  private FlatJson(String text) {
    this.text = text;
  }

  /** The text is no JSON object. */
  static final class Fault extends DefraException {
    private static final long serialVersionUID = 1L;

    Fault(int at) {
      super(ErrorCode.INVALID_JSON, "not a JSON object", "At", at);
    }
  }

  static Map<String, @Nullable Object> object(String text) {
    var reader = new FlatJson(text);
    reader.skipBlanks();
    Map<String, @Nullable Object> object = reader.object(0);
    reader.skipBlanks();
    if (reader.at != text.length()) {
      throw new Fault(reader.at);
    }
    return object;
  }

  /** A JSON string, quotes included. */
  static String quoted(String value) {
    var text = new StringBuilder(value.length() + 2).append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c < ' ' || c == '<' || c == '>' || c == '&') {
        text.append(String.format("\\u%04x", (int) c));
      } else {
        text.append(c);
      }
    }
    return text.append('"').toString();
  }

  private Map<String, @Nullable Object> object(int depth) {
    expect('{');
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    skipBlanks();
    if (peek() == '}') {
      at++;
      return members;
    }
    while (true) {
      skipBlanks();
      String name = string();
      skipBlanks();
      expect(':');
      members.put(name, value(depth + 1));
      skipBlanks();
      if (peek() == '}') {
        at++;
        return members;
      }
      expect(',');
    }
  }

  private List<@Nullable Object> array(int depth) {
    expect('[');
    List<@Nullable Object> items = new ArrayList<>();
    skipBlanks();
    if (peek() == ']') {
      at++;
      return items;
    }
    while (true) {
      items.add(value(depth + 1));
      skipBlanks();
      if (peek() == ']') {
        at++;
        return items;
      }
      expect(',');
    }
  }

  private @Nullable Object value(int depth) {
    if (depth > DEPTH_MAX) {
      throw new Fault(at);
    }
    skipBlanks();
    return switch (peek()) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", null);
      default -> number();
    };
  }

  private @Nullable Object word(String word, @Nullable Object value) {
    if (!text.startsWith(word, at)) {
      throw new Fault(at);
    }
    at += word.length();
    return value;
  }

  private Double number() {
    int from = at;
    while (at < text.length() && "+-.0123456789eE".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    try {
      return Double.valueOf(text.substring(from, at));
    } catch (NumberFormatException e) {
      throw new Fault(from);
    }
  }

  private String string() {
    expect('"');
    var value = new StringBuilder();
    while (true) {
      char c = peek();
      at++;
      if (c == '"') {
        return value.toString();
      }
      if (c < ' ') {
        throw new Fault(at - 1);
      }
      value.append(c == '\\' ? escaped() : c);
    }
  }

  private char escaped() {
    char c = peek();
    at++;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> {
        if (at + 4 > text.length()) {
          throw new Fault(at);
        }
        try {
          at += 4;
          yield (char) Integer.parseInt(text, at - 4, at, 16);
        } catch (NumberFormatException e) {
          throw new Fault(at - 4);
        }
      }
      default -> throw new Fault(at - 1);
    };
  }

  private char peek() {
    if (at >= text.length()) {
      throw new Fault(at);
    }
    return text.charAt(at);
  }

  private void expect(char c) {
    if (peek() != c) {
      throw new Fault(at);
    }
    at++;
  }

  private void skipBlanks() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }
}
