package io.defradb.document;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A parser of JSON texts that keeps what documents need and other parsers lose: numbers as written,
 * the escapes of lone surrogates as they stand, {@code nan} and {@code inf} in any case. Of
 * repeated keys the last wins. Nesting is bounded.
 */
final class JsonText {
  /** Nesting beyond this is refused, as by the reference. */
  private static final int DEPTH_MAX = 300;

  private static final int TAIL_SHOWN_MAX = 80;

  /** A parsed item. */
  sealed interface Item {
    /** Its name in error texts. */
    String type();
  }

  record ObjectItem(Map<String, Item> members) implements Item {
    @Override
    public String type() {
      return "object";
    }
  }

  record ArrayItem(List<Item> items) implements Item {
    @Override
    public String type() {
      return "array";
    }
  }

  record StringItem(String text) implements Item {
    @Override
    public String type() {
      return "string";
    }
  }

  /** {@code text}: as written. */
  record NumberItem(String text) implements Item {
    @Override
    public String type() {
      return "number";
    }
  }

  record WordItem(String word) implements Item {
    @Override
    public String type() {
      return word;
    }
  }

  private final String text;
  private int at;

  private JsonText(String text) {
    this.text = text;
  }

  static Item parse(byte[] json) {
    return parse(new String(json, StandardCharsets.UTF_8));
  }

  static Item parse(String json) {
    var parser = new JsonText(json);
    parser.skipBlanks();
    Item item;
    try {
      item = parser.item(1);
    } catch (Malformed e) {
      throw new DefraException(
          ErrorCode.INVALID_JSON,
          "cannot parse JSON: "
              + e.text()
              + "; unparsed tail: "
              + Quotation.of(shortened(json.substring(parser.at))));
    }
    parser.skipBlanks();
    if (parser.at < json.length()) {
      throw new DefraException(
          ErrorCode.INVALID_JSON,
          "unexpected tail: " + Quotation.of(shortened(json.substring(parser.at))));
    }
    return item;
  }

  /** What is wrong, on its way out: every level says where in it that was. */
  private static final class Malformed extends DefraException {
    private static final long serialVersionUID = 1L;

    Malformed(String text) {
      super(ErrorCode.INVALID_JSON, text);
    }

    Malformed in(String where) {
      return new Malformed(where + ": " + text());
    }
  }

  private Item item(int depth) {
    if (depth > DEPTH_MAX) {
      throw new Malformed("too big depth for the nested JSON; it exceeds " + DEPTH_MAX);
    }
    if (at >= text.length()) {
      throw new Malformed("cannot parse empty string");
    }
    return switch (text.charAt(at)) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> new StringItem(string("cannot parse string"));
      case 't' -> word("true");
      case 'f' -> word("false");
      case 'n' -> text.regionMatches(true, at, "nan", 0, 3) ? number() : word("null");
      default -> number();
    };
  }

  private Item object(int depth) {
    at++;
    Map<String, Item> members = new LinkedHashMap<>();
    skipBlanks();
    if (at >= text.length()) {
      throw new Malformed("cannot parse object: missing '}'");
    }
    if (isNext('}')) {
      return new ObjectItem(members);
    }
    while (true) {
      skipBlanks();
      if (at >= text.length() || text.charAt(at) != '"') {
        throw new Malformed("cannot parse object: cannot find opening '\"\" for object key");
      }
      String key = string("cannot parse object: cannot parse object key");
      skipBlanks();
      if (!isNext(':')) {
        throw new Malformed("cannot parse object: missing ':' after object key");
      }
      skipBlanks();
      try {
        Item value = item(depth + 1);
        members.remove(key);
        members.put(key, value);
      } catch (Malformed e) {
        throw e.in("cannot parse object: cannot parse object value");
      }
      skipBlanks();
      if (isNext('}')) {
        return new ObjectItem(members);
      }
      requireComma("cannot parse object: unexpected end of object", "object value");
    }
  }

  private Item array(int depth) {
    at++;
    List<Item> items = new ArrayList<>();
    skipBlanks();
    if (at >= text.length()) {
      throw new Malformed("cannot parse array: missing ']'");
    }
    if (isNext(']')) {
      return new ArrayItem(items);
    }
    while (true) {
      skipBlanks();
      try {
        items.add(item(depth + 1));
      } catch (Malformed e) {
        throw e.in("cannot parse array: cannot parse array value");
      }
      skipBlanks();
      if (isNext(']')) {
        return new ArrayItem(items);
      }
      requireComma("cannot parse array: unexpected end of array", "array value");
    }
  }

  private void requireComma(String atTheEnd, String what) {
    if (at >= text.length()) {
      throw new Malformed(atTheEnd);
    }
    if (!isNext(',')) {
      String container = what.startsWith("object") ? "object" : "array";
      throw new Malformed("cannot parse " + container + ": missing ',' after " + what);
    }
  }

  /** Its opening quote comes next. {@code where}: named when there is no closing one. */
  private String string(String where) {
    int from = at + 1;
    int end = from;
    boolean hasEscapes = false;
    while (end < text.length() && text.charAt(end) != '"') {
      boolean isEscape = text.charAt(end) == '\\';
      hasEscapes |= isEscape;
      end += isEscape ? 2 : 1;
    }
    at = Math.min(end + 1, text.length());
    if (end >= text.length()) {
      throw new Malformed(where + ": missing closing '\"'");
    }
    String raw = text.substring(from, end);
    return hasEscapes ? unescaped(raw) : raw;
  }

  /** What is no escape after a backslash stays as it is. */
  private static String unescaped(String raw) {
    var out = new StringBuilder(raw.length());
    int at = 0;
    while (at < raw.length()) {
      char c = raw.charAt(at++);
      if (c != '\\') {
        out.append(c);
        continue;
      }
      char escape = raw.charAt(at++);
      switch (escape) {
        case '"', '\\', '/' -> out.append(escape);
        case 'b' -> out.append('\b');
        case 'f' -> out.append('\f');
        case 'n' -> out.append('\n');
        case 'r' -> out.append('\r');
        case 't' -> out.append('\t');
        case 'u' -> at = unicode(raw, at, out);
        default -> out.append('\\').append(escape);
      }
    }
    return out.toString();
  }

  /**
   * The four digits at {@code at}, with those of a second escape when the first is a surrogate; a
   * surrogate without a second escape keeps its six characters, two that are no pair become U+FFFD.
   */
  private static int unicode(String raw, int at, StringBuilder out) {
    int code = hex(raw, at);
    if (code < 0) {
      out.append("\\u");
      return at;
    }
    if (!Character.isSurrogate((char) code)) {
      out.append((char) code);
      return at + 4;
    }
    int second = raw.startsWith("\\u", at + 4) ? hex(raw, at + 6) : -1;
    if (second < 0) {
      out.append("\\u").append(raw, at, at + 4);
      return at + 4;
    }
    if (Character.isSurrogatePair((char) code, (char) second)) {
      out.append((char) code).append((char) second);
    } else {
      out.append('\ufffd');
    }
    return at + 10;
  }

  /** Four hexadecimal digits; -1 when they are none. */
  private static int hex(String raw, int from) {
    if (from + 4 > raw.length()) {
      return -1;
    }
    int value = 0;
    for (int i = from; i < from + 4; i++) {
      char c = raw.charAt(i);
      int digit = c < 0x80 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }

  private Item word(String word) {
    if (!text.startsWith(word, at)) {
      throw new Malformed("unexpected value found: " + Quotation.of(text.substring(at)));
    }
    at += word.length();
    return new WordItem(word);
  }

  /** Everything that could belong to a number: whether it is one, its kind decides. */
  private Item number() {
    int end = at;
    while (end < text.length() && isNumeric(text.charAt(end))) {
      end++;
    }
    boolean isSignAtMost =
        end == at || (end == at + 1 && (text.charAt(at) == '-' || text.charAt(at) == '+'));
    boolean isNamed =
        isSignAtMost
            && (text.regionMatches(true, end, "inf", 0, 3)
                || text.regionMatches(true, end, "nan", 0, 3));
    if (isNamed) {
      end += 3;
    }
    if (end == at) {
      String found = text.substring(at, text.offsetByCodePoints(at, 1));
      throw new Malformed("cannot parse number: unexpected char: " + Quotation.of(found));
    }
    String number = text.substring(at, end);
    at = end;
    return new NumberItem(number);
  }

  private static boolean isNumeric(char c) {
    return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
  }

  private boolean isNext(char c) {
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private void skipBlanks() {
    while (at < text.length() && isBlank(text.charAt(at))) {
      at++;
    }
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
  }

  /** Long texts keep both ends. */
  private static String shortened(String text) {
    if (text.length() <= TAIL_SHOWN_MAX) {
      return text;
    }
    int kept = TAIL_SHOWN_MAX / 2;
    return text.substring(0, kept) + "..." + text.substring(text.length() - kept);
  }
}
