package io.defradb.document;

import io.defradb.ipld.CborReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Writes JSON the way of the HTTP API into a growing array; puts the commas itself. Text is escaped
 * as Go does it ({@code <}, {@code >}, {@code &}, U+2028 and U+2029 too), numbers are in their
 * shortest form. What JSON has no number for is null. For one thread.
 */
public final class JsonWriter {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NULL = {'n', 'u', 'l', 'l'};
  private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
  private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};

  /** Per ASCII character: 0 as it is, 'u' as a code, else the letter after the backslash. */
  private static final byte[] ESCAPES = new byte[128];

  static {
    Arrays.fill(ESCAPES, 0, 0x20, (byte) 'u');
    ESCAPES['\n'] = 'n';
    ESCAPES['\r'] = 'r';
    ESCAPES['\t'] = 't';
    ESCAPES['\b'] = 'b';
    ESCAPES['\f'] = 'f';
    ESCAPES['"'] = '"';
    ESCAPES['\\'] = '\\';
    ESCAPES['<'] = 'u';
    ESCAPES['>'] = 'u';
    ESCAPES['&'] = 'u';
  }

  /** The head of a CBOR text whose length stands in the next byte. */
  private static final int SHORT_TEXT = 0x78;

  private static final char LINE_SEPARATOR = '\u2028';
  private static final char PARAGRAPH_SEPARATOR = '\u2029';

  /** Stands for bytes that are no UTF-8. */
  private static final char REPLACEMENT = '\ufffd';

  private final Decimals decimals = new Decimals();
  private byte[] buffer = new byte[512];
  private int length;
  private boolean isCommaDue;

  public JsonWriter() {}

  public JsonWriter beginObject() {
    return open('{');
  }

  public JsonWriter endObject() {
    return close('}');
  }

  public JsonWriter beginArray() {
    return open('[');
  }

  public JsonWriter endArray() {
    return close(']');
  }

  /** A member's name; its value follows. */
  public JsonWriter name(String name) {
    string(name);
    put(':');
    isCommaDue = false;
    return this;
  }

  public JsonWriter string(String text) {
    comma();
    int chars = text.length();
    room(chars + 2);
    buffer[length++] = '"';
    for (int i = plain(text, chars); i < chars; i++) {
      char c = text.charAt(i);
      room(12); // one character escaped, and what follows it
      if (c < 0x80) {
        if (ESCAPES[c] == 0) {
          buffer[length++] = (byte) c;
        } else {
          escape(c);
        }
      } else if (c < 0x800) {
        buffer[length++] = (byte) (0xc0 | c >> 6);
        buffer[length++] = (byte) (0x80 | (c & 0x3f));
      } else if (!Character.isSurrogate(c)) {
        wide(c);
      } else if (i + 1 < chars && Character.isSurrogatePair(c, text.charAt(i + 1))) {
        int point = Character.toCodePoint(c, text.charAt(++i));
        buffer[length++] = (byte) (0xf0 | point >> 18);
        buffer[length++] = (byte) (0x80 | (point >> 12 & 0x3f));
        buffer[length++] = (byte) (0x80 | (point >> 6 & 0x3f));
        buffer[length++] = (byte) (0x80 | (point & 0x3f));
      } else {
        escape(REPLACEMENT);
      }
    }
    put('"');
    return valueEnds();
  }

  /** Copies what needs no escape, up to the first character that does; answers how many. */
  private int plain(String text, int chars) {
    byte[] target = buffer;
    int at = length;
    int i = 0;
    for (; i < chars; i++) {
      char c = text.charAt(i);
      if (c >= 0x80 || ESCAPES[c] != 0) {
        break;
      }
      target[at++] = (byte) c;
    }
    length = at;
    return i;
  }

  private void wide(char c) {
    if (c == LINE_SEPARATOR || c == PARAGRAPH_SEPARATOR) {
      escape(c);
    } else {
      buffer[length++] = (byte) (0xe0 | c >> 12);
      buffer[length++] = (byte) (0x80 | (c >> 6 & 0x3f));
      buffer[length++] = (byte) (0x80 | (c & 0x3f));
    }
  }

  public JsonWriter number(long number) {
    comma();
    room(20);
    if (number == Long.MIN_VALUE) {
      return ascii(Long.toString(number));
    }
    if (number < 0) {
      buffer[length++] = '-';
    }
    long magnitude = Math.abs(number);
    length = Decimals.put(magnitude, Decimals.digitCount(magnitude), buffer, length);
    return valueEnds();
  }

  public JsonWriter number(double number) {
    if (number == (long) number && Math.abs(number) < 1L << 53 && (number != 0 || 1 / number > 0)) {
      return number((long) number);
    }
    if (!Double.isFinite(number)) {
      return nullValue();
    }
    comma();
    room(Decimals.BYTES_MAX);
    length = decimals.write(number, buffer, length);
    return valueEnds();
  }

  public JsonWriter number(float number) {
    if (!Float.isFinite(number)) {
      return nullValue();
    }
    comma();
    room(Decimals.BYTES_MAX);
    length = decimals.write(number, buffer, length);
    return valueEnds();
  }

  public JsonWriter bool(boolean value) {
    comma();
    byte[] word = value ? TRUE : FALSE;
    append(word, 0, word.length);
    return valueEnds();
  }

  public JsonWriter nullValue() {
    comma();
    append(NULL, 0, NULL.length);
    return valueEnds();
  }

  public JsonWriter value(Value value) {
    switch (value.type()) {
      case NULL -> nullValue();
      case BOOL -> bool(((Value.Bool) value).value());
      case INT -> number(((Value.Int) value).value());
      case FLOAT64 -> number(((Value.Float64) value).value());
      case FLOAT32 -> number(((Value.Float32) value).value());
      case TEXT -> string(((Value.Text) value).value());
      case LIST -> {
        List<Value> items = ((Value.Items) value).values();
        beginArray();
        items.forEach(this::value);
        endArray();
      }
      case MAP -> {
        Map<String, Value> fields = ((Value.Fields) value).values();
        beginObject();
        fields.forEach((name, item) -> name(name).value(item));
        endObject();
      }
    }
    return this;
  }

  /**
   * Prints value CBOR without making a {@link Value}, except for objects, whose keys are in another
   * order here.
   */
  public JsonWriter writeCbor(FieldKind kind, byte[] cbor, int offset, int count) {
    int head = cbor[offset] & 0xff;
    if (head < 24) {
      return number((long) head);
    }
    if (head >>> 5 == 3) {
      int prefix = (head & 31) < 24 ? 1 : 2;
      boolean isWhole =
          prefix == 1
              ? count == 1 + (head & 31)
              : head == SHORT_TEXT && count > 1 && count == 2 + (cbor[offset + 1] & 0xff);
      if (isWhole) {
        comma();
        put('"');
        utf8(cbor, offset + prefix, count - prefix);
        put('"');
        return valueEnds();
      }
    }
    if (kind == FieldKind.JSON) {
      return value(ValueCbor.decode(kind, cbor, offset, count));
    }
    var in = new CborReader(cbor, offset, count);
    item(in, kind, 0);
    ValueCbor.requireEnd(in);
    return this;
  }

  private void item(CborReader in, FieldKind kind, int depth) {
    ValueCbor.requireDepth(depth);
    switch (in.peek()) {
      case NULL -> {
        in.nullValue();
        nullValue();
      }
      case BOOL -> bool(in.bool());
      case INTEGER -> number(in.integer());
      case FLOAT -> {
        double number = in.float64();
        if (kind == FieldKind.FLOAT32) {
          number((float) number);
        } else {
          number(number);
        }
      }
      case TEXT -> string(in.text());
      default -> {
        FieldKind element = kind.element();
        beginArray();
        int items = in.arrayHeader();
        for (int i = 0; i < items; i++) {
          item(in, element == null ? FieldKind.JSON : element, depth + 1);
        }
        endArray();
      }
    }
  }

  /** Members of an object as they were written once: without its braces, with commas between. */
  public JsonWriter members(byte[] json) {
    comma();
    append(json, 0, json.length);
    return valueEnds();
  }

  /** A member's name with its quotes and colon; its value follows. */
  public JsonWriter name(byte[] json) {
    comma();
    append(json, 0, json.length);
    isCommaDue = false;
    return this;
  }

  /** A whole JSON value, already written elsewhere. */
  public JsonWriter raw(byte[] json, int offset, int count) {
    comma();
    append(json, offset, count);
    return valueEnds();
  }

  public int length() {
    return length;
  }

  /** The array behind it, valid up to {@link #length()} and until the next write. */
  public byte[] unsafeArray() {
    return buffer;
  }

  public byte[] toBytes() {
    return Arrays.copyOf(buffer, length);
  }

  /** Empties it and keeps the room. */
  public void reset() {
    length = 0;
    isCommaDue = false;
  }

  private void utf8(byte[] text, int from, int count) {
    int start = from;
    int end = from + count;
    for (int i = from; i < end; ) {
      int b = text[i];
      int width = b >= 0 ? 1 : Utf8.sequenceBytes(text, i, end);
      if (b >= 0 ? ESCAPES[b] == 0 : width > 0 && !isSeparator(text, i, width)) {
        i += width;
        continue;
      }
      append(text, start, i - start);
      room(6);
      if (b >= 0) {
        escape((char) b);
      } else {
        escape(width == 0 ? REPLACEMENT : (char) (0x2000 | (text[i + 2] & 0x3f)));
      }
      i += Math.max(width, 1);
      start = i;
    }
    append(text, start, end - start);
  }

  /** U+2028 and U+2029: {@code e2 80 a8} and {@code a9}. */
  private static boolean isSeparator(byte[] text, int at, int width) {
    return width == 3
        && text[at] == (byte) 0xe2
        && text[at + 1] == (byte) 0x80
        && (text[at + 2] & 0xfe) == 0xa8;
  }

  /** Needs six bytes of room. */
  private void escape(char c) {
    byte letter = c < 0x80 ? ESCAPES[c] : (byte) 'u';
    buffer[length++] = '\\';
    buffer[length++] = letter;
    if (letter == 'u') {
      for (int shift = 12; shift >= 0; shift -= 4) {
        buffer[length++] = HEX[c >> shift & 15];
      }
    }
  }

  private JsonWriter open(char bracket) {
    comma();
    put(bracket);
    isCommaDue = false;
    return this;
  }

  private JsonWriter close(char bracket) {
    put(bracket);
    return valueEnds();
  }

  private JsonWriter ascii(String text) {
    int chars = text.length();
    room(chars);
    for (int i = 0; i < chars; i++) {
      buffer[length++] = (byte) text.charAt(i);
    }
    return valueEnds();
  }

  private void comma() {
    if (isCommaDue) {
      put(',');
    }
  }

  private JsonWriter valueEnds() {
    isCommaDue = true;
    return this;
  }

  private void put(char c) {
    room(1);
    buffer[length++] = (byte) c;
  }

  private void append(byte[] bytes, int from, int count) {
    room(count);
    System.arraycopy(bytes, from, buffer, length, count);
    length += count;
  }

  private void room(int more) {
    if (buffer.length - length < more) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + more));
    }
  }
}
