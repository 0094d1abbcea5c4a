package io.defradb.http;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/** Collects a request body within its bound, and within the bound of all bodies together. */
final class BodyBuffer {
  private static final int FIRST_BYTES_MAX = 64 * 1024;

  private final int bytesMax;
  private final AtomicLong all;
  private byte[] bytes;
  private int length;
  private ReceivedRequest.Fault fault = ReceivedRequest.Fault.NONE;

  /** {@code announced}: the Content-Length, 0 when there is none. */
  BodyBuffer(long announced, int bytesMax, AtomicLong all) {
    this.bytesMax = bytesMax;
    this.all = all;
    this.bytes = new byte[(int) Math.min(announced, Math.min(FIRST_BYTES_MAX, bytesMax))];
    if (announced > bytesMax) {
      fault = ReceivedRequest.Fault.TOO_LARGE;
    }
  }

  ReceivedRequest.Fault fault() {
    return fault;
  }

  int length() {
    return length;
  }

  void add(ByteBuf part) {
    int count = part.readableBytes();
    if (fault != ReceivedRequest.Fault.NONE || count == 0) {
      return;
    }
    if (length + (long) count > bytesMax) {
      fault = ReceivedRequest.Fault.TOO_LARGE;
      return;
    }
    if (all.addAndGet(count) > ServerContext.BODY_BYTES_ALL_MAX) {
      all.addAndGet(-count);
      fault = ReceivedRequest.Fault.NO_ROOM;
      return;
    }
    if (bytes.length - length < count) {
      bytes = Arrays.copyOf(bytes, Math.max(length + count, Math.min(bytesMax, bytes.length * 2)));
    }
    part.readBytes(bytes, length, count);
    length += count;
  }

  byte[] toBytes() {
    return bytes.length == length ? bytes : Arrays.copyOf(bytes, length);
  }

  /** The body is not needed any more. */
  void release() {
    all.addAndGet(-length);
    length = 0;
  }
}
