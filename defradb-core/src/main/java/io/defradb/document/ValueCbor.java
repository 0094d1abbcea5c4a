package io.defradb.document;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.ipld.CborReader;
import io.defradb.ipld.CborWriter;
import io.defradb.multiformats.Bytes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Values as CBOR, the {@code data} of field deltas and the stored form (data-model specification,
 * 1.2 and 2): canonical, floats shortest, the instant of year 1 as null. Map keys are sorted by the
 * length of their UTF-8 bytes, then bytewise.
 */
public final class ValueCbor {
  public static final Bytes NULL = Bytes.hex("f6");

  /** Nesting of JSON values beyond this is refused: it could overflow a stack. */
  public static final int DEPTH_MAX = 512;

  private static final String ZERO_TIME = "0001-01-01T00:00:00Z";

  /** Canonical order of map keys: by the length of their UTF-8 bytes, then bytewise. */
  static final Comparator<String> KEY_ORDER =
      Comparator.comparingInt(ValueCbor::utf8Bytes).thenComparing(Utf8Order.INSTANCE);

  private ValueCbor() {}

  public static byte[] encode(FieldKind kind, Value value) {
    var out = new CborWriter(32);
    write(out, kind, value);
    return out.toBytes();
  }

  /** Appends the value. */
  static void write(CborWriter out, FieldKind kind, Value value) {
    if (isWrittenAsNull(kind, value)) {
      out.nullValue();
    } else {
      write(out, value, 0);
    }
  }

  /** True for null, and for the instant of year 1: it is stored and read back as null. */
  public static boolean isWrittenAsNull(FieldKind kind, Value value) {
    return value.isNull()
        || (kind == FieldKind.DATE_TIME
            && value instanceof Value.Text text
            && isZeroTime(text.value()));
  }

  private static boolean isZeroTime(String text) {
    boolean isNear = text.startsWith("0001-01-0") || text.startsWith("0000-12-3");
    return isNear && DateTimes.compare(text, ZERO_TIME) == 0;
  }

  private static void write(CborWriter out, Value value, int depth) {
    requireDepth(depth);
    switch (value.type()) {
      case NULL -> out.nullValue();
      case BOOL -> out.bool(((Value.Bool) value).value());
      case INT -> out.integer(((Value.Int) value).value());
      case FLOAT64 -> out.float64(((Value.Float64) value).value());
      case FLOAT32 -> out.float32(((Value.Float32) value).value());
      case TEXT -> out.text(((Value.Text) value).value());
      case LIST -> {
        List<Value> items = ((Value.Items) value).values();
        out.arrayHeader(items.size());
        items.forEach(item -> write(out, item, depth + 1));
      }
      case MAP -> {
        List<Map.Entry<String, Value>> fields =
            new ArrayList<>(((Value.Fields) value).values().entrySet());
        fields.sort(Map.Entry.comparingByKey(KEY_ORDER));
        out.mapHeader(fields.size());
        for (Map.Entry<String, Value> field : fields) {
          out.text(field.getKey());
          write(out, field.getValue(), depth + 1);
        }
      }
    }
  }

  public static Value decode(FieldKind kind, Bytes data) {
    return decode(kind, data.unsafeArray());
  }

  public static Value decode(FieldKind kind, byte[] data) {
    return decode(kind, data, 0, data.length);
  }

  public static Value decode(FieldKind kind, byte[] data, int offset, int length) {
    var in = new CborReader(data, offset, length);
    Value value = read(in, kind, 0);
    requireEnd(in);
    return value;
  }

  /** Without a kind: integers are Int, floats of any width Float64. */
  public static Value decode(byte[] data) {
    var in = new CborReader(data, 0, data.length);
    Value value = read(in, FieldKind.JSON, 0);
    requireEnd(in);
    return value;
  }

  static void requireEnd(CborReader in) {
    if (!in.isAtEnd()) {
      throw new DefraException(
          ErrorCode.INVALID_CBOR, "invalid CBOR: bytes after the value", "At", in.position());
    }
  }

  private static Value read(CborReader in, FieldKind kind, int depth) {
    requireDepth(depth);
    switch (in.peek()) {
      case NULL -> {
        in.nullValue();
        return Value.NULL;
      }
      case BOOL -> {
        return Value.Bool.of(in.bool());
      }
      case INTEGER -> {
        return new Value.Int(in.integer());
      }
      case FLOAT -> {
        double number = in.float64();
        boolean isSingle = kind == FieldKind.FLOAT32;
        return isSingle ? new Value.Float32((float) number) : new Value.Float64(number);
      }
      case TEXT -> {
        return new Value.Text(in.text());
      }
      case ARRAY -> {
        return readItems(in, kind, depth);
      }
      case MAP -> {
        return readFields(in, depth);
      }
      default ->
          throw new DefraException(
              ErrorCode.INVALID_CBOR, "invalid CBOR: no value", "At", in.position());
    }
  }

  private static Value readItems(CborReader in, FieldKind kind, int depth) {
    FieldKind element = kind.element();
    int count = in.arrayHeader();
    List<Value> items = new ArrayList<>(Math.min(count, 1024));
    for (int i = 0; i < count; i++) {
      items.add(read(in, element == null ? FieldKind.JSON : element, depth + 1));
    }
    return new Value.Items(items);
  }

  private static Value readFields(CborReader in, int depth) {
    SortedMap<String, Value> fields = new TreeMap<>(Utf8Order.INSTANCE);
    int count = in.mapHeader();
    for (int i = 0; i < count; i++) {
      String name = in.text();
      fields.put(name, read(in, FieldKind.JSON, depth + 1));
    }
    return new Value.Fields(fields);
  }

  private static int utf8Bytes(String text) {
    int bytes = text.length();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        boolean isTwo = c < 0x800 || Character.isSurrogate(c); // a pair: four bytes of two chars
        bytes += isTwo ? 1 : 2;
      }
    }
    return bytes;
  }

  static void requireDepth(int depth) {
    if (depth > DEPTH_MAX) {
      throw new DefraException(
          ErrorCode.INVALID_VALUE, "a value is nested too deeply", "Max", DEPTH_MAX);
    }
  }
}
