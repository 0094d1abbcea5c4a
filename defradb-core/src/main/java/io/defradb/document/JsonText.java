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
    if (parser.at == json.length()) {
      throw parser.fault("cannot parse empty string");
    }
    Item item = parser.item(0);
    parser.skipBlanks();
    if (parser.at < json.length()) {
      throw new DefraException(ErrorCode.INVALID_JSON, "unexpected tail: " + parser.tail());
    }
    return item;
  }

  private Item item(int depth) {
    if (depth > ValueCbor.DEPTH_MAX) {
      throw fault("too big depth for the nested JSON; it exceeds " + ValueCbor.DEPTH_MAX);
    }
    if (at >= text.length()) {
      throw fault("cannot parse empty string");
    }
    char c = text.charAt(at);
    return switch (c) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> {
        at++;
        yield new StringItem(string());
      }
      case 't' -> word("true");
      case 'f' -> word("false");
      case 'n', 'N' -> text.startsWith("null", at) ? word("null") : number();
      default -> number();
    };
  }

  private Item object(int depth) {
    at++;
    Map<String, Item> members = new LinkedHashMap<>();
    skipBlanks();
    if (isNext('}')) {
      return new ObjectItem(members);
    }
    while (true) {
      skipBlanks();
      if (at >= text.length()) {
        throw fault("cannot parse object: missing '}'");
      }
      if (text.charAt(at) != '"') {
        throw fault("cannot parse object: cannot find opening '\"\" for object key");
      }
      at++;
      String key = string();
      skipBlanks();
      if (!isNext(':')) {
        throw fault("cannot parse object: missing ':' after object key");
      }
      skipBlanks();
      Item value = item(depth + 1);
      members.remove(key);
      members.put(key, value);
      skipBlanks();
      if (isNext('}')) {
        return new ObjectItem(members);
      }
      if (!isNext(',')) {
        throw fault(
            at < text.length()
                ? "cannot parse object: missing ',' after object value"
                : "cannot parse object: missing '}'");
      }
    }
  }

  private Item array(int depth) {
    at++;
    List<Item> items = new ArrayList<>();
    skipBlanks();
    if (isNext(']')) {
      return new ArrayItem(items);
    }
    while (true) {
      skipBlanks();
      items.add(item(depth + 1));
      skipBlanks();
      if (isNext(']')) {
        return new ArrayItem(items);
      }
      if (!isNext(',')) {
        throw fault(
            at < text.length()
                ? "cannot parse array: missing ',' after array value"
                : "cannot parse array: missing ']'");
      }
    }
  }

  /** After the opening quote. */
  private String string() {
    int end = at;
    while (end < text.length() && text.charAt(end) != '"' && text.charAt(end) != '\\') {
      end++;
    }
    if (end < text.length() && text.charAt(end) == '"') {
      String plain = text.substring(at, end);
      at = end + 1;
      return plain;
    }
    var out = new StringBuilder();
    while (true) {
      if (at >= text.length()) {
        throw fault("cannot parse string: missing closing '\"'");
      }
      char c = text.charAt(at++);
      if (c == '"') {
        return out.toString();
      }
      if (c == '\\') {
        escape(out);
      } else {
        out.append(c);
      }
    }
  }

  private void escape(StringBuilder out) {
    if (at >= text.length()) {
      throw fault("cannot parse string: missing closing '\"'");
    }
    char c = text.charAt(at++);
    switch (c) {
      case '"', '\\', '/' -> out.append(c);
      case 'b' -> out.append('\b');
      case 'f' -> out.append('\f');
      case 'n' -> out.append('\n');
      case 'r' -> out.append('\r');
      case 't' -> out.append('\t');
      case 'u' -> unicode(out);
      default -> out.append('\\').append(c);
    }
  }

  private void unicode(StringBuilder out) {
    int code = hex(at);
    if (code < 0) {
      out.append("\\u");
      return;
    }
    String written = text.substring(at - 2, at + 4);
    at += 4;
    if (!Character.isSurrogate((char) code)) {
      out.append((char) code);
      return;
    }
    boolean isPaired = text.startsWith("\\u", at) && hex(at + 2) >= 0;
    char low = isPaired ? (char) hex(at + 2) : 0;
    if (Character.isHighSurrogate((char) code) && Character.isLowSurrogate(low)) {
      out.append((char) code).append(low);
      at += 6;
    } else {
      out.append(written);
    }
  }

  /** Four hexadecimal digits; -1 when they are none. */
  private int hex(int from) {
    if (from + 4 > text.length()) {
      return -1;
    }
    int value = 0;
    for (int i = from; i < from + 4; i++) {
      int digit = Character.digit(text.charAt(i), 16);
      if (digit < 0 || text.charAt(i) > 'f') {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }

  private Item word(String word) {
    if (!text.startsWith(word, at)) {
      throw fault("unexpected value found: " + tail());
    }
    at += word.length();
    return new WordItem(word);
  }

  private Item number() {
    int end = at;
    while (end < text.length() && "0123456789+-.eE".indexOf(text.charAt(end)) >= 0) {
      end++;
    }
    int words = end == at || end == at + 1 && "+-".indexOf(text.charAt(at)) >= 0 ? end : -1;
    if (words >= 0 && words + 3 <= text.length()) {
      String word = text.substring(words, words + 3);
      if (word.equalsIgnoreCase("inf") || word.equalsIgnoreCase("nan")) {
        end = words + 3;
      }
    }
    if (end == at) {
      throw fault("cannot parse number: unexpected char: \"" + text.charAt(at) + "\"");
    }
    String number = text.substring(at, end);
    at = end;
    return new NumberItem(number);
  }

  private boolean isNext(char c) {
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private void skipBlanks() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private DefraException fault(String what) {
    return new DefraException(
        ErrorCode.INVALID_JSON,
        "cannot parse JSON: " + what + "; unparsed tail: \"" + tail() + "\"");
  }

  private String tail() {
    String rest = text.substring(Math.min(at, text.length()));
    return rest.length() <= TAIL_SHOWN_MAX ? rest : rest.substring(0, TAIL_SHOWN_MAX) + "…";
  }
}
