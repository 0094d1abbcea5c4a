package io.defradb.db.log;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads what a {@link ByteSink} wrote; CORRUPT for anything else. */
public final class ByteSource {
  private static final int CID_BYTES = 4 + Cid.DIGEST_BYTES;

  private final byte[] bytes;
  private final int end;
  private int at;

  public ByteSource(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  private ByteSource(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  /** What stands behind its length, and no more. */
  ByteSource part() {
    int length = count();
    at += length;
    return new ByteSource(bytes, at - length, at);
  }

  public boolean isAtEnd() {
    return at == end;
  }

  int at() {
    return at;
  }

  void copyTo(byte[] target, int from, int count) {
    require(count);
    System.arraycopy(bytes, at, target, from, count);
    at += count;
  }

  public int octet() {
    require(1);
    return bytes[at++] & 0xff;
  }

  public long varint() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      int next = octet();
      value |= (long) (next & 0x7f) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw corrupt(null);
  }

  /** A count or length that cannot be more than what is left. */
  public int count() {
    long count = varint();
    if (count < 0 || count > end - at) {
      throw corrupt(null);
    }
    return (int) count;
  }

  public int small() {
    long value = varint();
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw corrupt(null);
    }
    return (int) value;
  }

  public String text() {
    int length = count();
    var text = new String(bytes, at, length, StandardCharsets.UTF_8);
    at += length;
    return text;
  }

  public Bytes prefixed() {
    int length = count();
    at += length;
    return Bytes.wrap(Arrays.copyOfRange(bytes, at - length, at));
  }

  public Cid cid() {
    require(CID_BYTES);
    at += CID_BYTES;
    return Cid.fromBytes(Arrays.copyOfRange(bytes, at - CID_BYTES, at));
  }

  public <E> E oneOf(E[] values) {
    int index = octet();
    if (index >= values.length) {
      throw corrupt(null);
    }
    return values[index];
  }

  private void require(int more) {
    if (end - at < more) {
      throw corrupt(null);
    }
  }

  public static DefraException corrupt(@Nullable Throwable cause) {
    return new DefraException(ErrorCode.CORRUPT, "log entry is corrupt", cause);
  }
}
