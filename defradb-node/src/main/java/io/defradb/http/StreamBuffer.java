package io.defradb.http;

import io.defradb.document.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The bytes of one pull. One thread. */
public final class StreamBuffer {
  /** From this size on a pull should end. */
  public static final int FULL_BYTES = 64 * 1024;

  private byte[] bytes = new byte[1024];
  private int length;

  public StreamBuffer write(byte[] source, int offset, int count) {
    ensure(count);
    System.arraycopy(source, offset, bytes, length, count);
    length += count;
    return this;
  }

  public StreamBuffer write(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    return write(encoded, 0, encoded.length);
  }

  public StreamBuffer write(JsonWriter json) {
    return write(json.unsafeArray(), 0, json.length());
  }

  public boolean isFull() {
    return length >= FULL_BYTES;
  }

  public int length() {
    return length;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  void reset() {
    length = 0;
  }

  private void ensure(int count) {
    if (bytes.length - length < count) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(length, count)));
    }
  }
}
