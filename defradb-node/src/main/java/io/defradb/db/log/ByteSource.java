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
  private int at;

  public ByteSource(byte[] bytes) {
    this.bytes = bytes;
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
    if (count < 0 || count > bytes.length - at) {
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
    if (bytes.length - at < more) {
      throw corrupt(null);
    }
  }

  public static DefraException corrupt(@Nullable Throwable cause) {
    return new DefraException(ErrorCode.CORRUPT, "log entry is corrupt", cause);
  }
}
