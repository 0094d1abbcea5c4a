package io.defradb.ipld;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import java.util.Arrays;

/**
 * Reads CBOR with definite lengths out of a part of an array. Every length is checked against what
 * is left before anything is made of it. Throws {@code INVALID_CBOR}. For one thread.
 */
public final class CborReader {
  /** What the next item is. */
  public enum Type {
    INTEGER,
    BYTES,
    TEXT,
    ARRAY,
    MAP,
    LINK,
    BOOL,
    NULL,
    FLOAT
  }

  private final byte[] buffer;
  private final int end;
  private int at;

  public CborReader(byte[] buffer, int from, int count) {
    this.buffer = buffer;
    this.at = from;
    this.end = from + count;
  }

  public boolean isAtEnd() {
    return at == end;
  }

  /** The index in the array that will be read next. */
  public int position() {
    return at;
  }

  public Type peek() {
    int head = byteAt(at);
    return switch (head >>> 5) {
      case CborWriter.UNSIGNED, CborWriter.NEGATIVE -> Type.INTEGER;
      case CborWriter.BYTES -> Type.BYTES;
      case CborWriter.TEXT -> Type.TEXT;
      case CborWriter.ARRAY -> Type.ARRAY;
      case CborWriter.MAP -> Type.MAP;
      case CborWriter.TAG -> Type.LINK;
      default ->
          switch (head) {
            case 0xf4, 0xf5 -> Type.BOOL;
            case 0xf6 -> Type.NULL;
            case 0xf9, 0xfa, 0xfb -> Type.FLOAT;
            default -> throw invalid("a simple value that has no meaning here");
          };
    };
  }

  public int mapHeader() {
    return count(CborWriter.MAP);
  }

  public int arrayHeader() {
    return count(CborWriter.ARRAY);
  }

  /** A signed integer of 64 bits. */
  public long integer() {
    int major = byteAt(at) >>> 5;
    if (major > CborWriter.NEGATIVE) {
      throw invalid("no integer where one is needed");
    }
    long value = argument();
    if (value < 0) {
      throw invalid("an integer beyond 64 bits");
    }
    return major == CborWriter.UNSIGNED ? value : ~value;
  }

  /** An integer of 64 bits without sign. */
  public long unsigned() {
    if (byteAt(at) >>> 5 != CborWriter.UNSIGNED) {
      throw invalid("no positive integer where one is needed");
    }
    return argument();
  }

  public boolean bool() {
    int head = byteAt(at++);
    if (head != 0xf4 && head != 0xf5) {
      throw invalid("no boolean where one is needed");
    }
    return head == 0xf5;
  }

  public void nullValue() {
    if (byteAt(at++) != 0xf6) {
      throw invalid("no null where one is needed");
    }
  }

  /** A float of any width. */
  public double float64() {
    int head = byteAt(at++);
    return switch (head) {
      case 0xf9 -> Half.valueOf((int) fixed(2));
      case 0xfa -> Float.intBitsToFloat((int) fixed(4));
      case 0xfb -> Double.longBitsToDouble(fixed(8));
      default -> throw invalid("no float where one is needed");
    };
  }

  public Bytes bytes() {
    int count = count(CborWriter.BYTES);
    at += count;
    return Bytes.wrap(Arrays.copyOfRange(buffer, at - count, at));
  }

  public String text() {
    int count = count(CborWriter.TEXT);
    at += count;
    return InvalidUtf8.decode(buffer, at - count, count);
  }

  public Cid link() {
    if (byteAt(at) >>> 5 != CborWriter.TAG || argument() != CborWriter.LINK_TAG) {
      throw invalid("no link where one is needed");
    }
    int count = count(CborWriter.BYTES);
    if (count < 1 || buffer[at] != 0) {
      throw invalid("a link that does not begin with a zero byte");
    }
    at += count;
    return Cid.fromBytes(Arrays.copyOfRange(buffer, at - count + 1, at));
  }

  private int count(int major) {
    if (byteAt(at) >>> 5 != major) {
      throw invalid("another type than is needed");
    }
    long count = argument();
    if (count < 0 || count > end - at) {
      throw invalid("a length beyond the end");
    }
    return (int) count;
  }

  private long argument() {
    int info = byteAt(at++) & 31;
    if (info < 24) {
      return info;
    }
    if (info > 27) {
      throw invalid("an indefinite length");
    }
    return fixed(1 << (info - 24));
  }

  private long fixed(int width) {
    if (width > end - at) {
      throw invalid("the end in the middle of an item");
    }
    long value = 0;
    for (int i = 0; i < width; i++) {
      value = value << 8 | (buffer[at++] & 0xff);
    }
    return value;
  }

  private int byteAt(int index) {
    if (index >= end) {
      throw invalid("the end in the middle of an item");
    }
    return buffer[index] & 0xff;
  }

  private DefraException invalid(String what) {
    return new DefraException(ErrorCode.INVALID_CBOR, "invalid CBOR: " + what, "At", at);
  }
}
