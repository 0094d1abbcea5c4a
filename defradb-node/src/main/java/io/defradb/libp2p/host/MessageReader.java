package io.defradb.libp2p.host;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Varint;
import java.util.Arrays;

/**
 * Cuts a stream into messages, each behind its length as a varint, and gives them to {@link
 * #message}. A longer message than allowed is refused by its length, before a byte of it is kept.
 */
public abstract class MessageReader implements StreamReader {
  private static final int FIRST_BYTES_MAX = 512;

  private final Stream stream;
  private final int messageBytesMax;
  private final byte[] lengthBytes = new byte[Varint.BYTES_MAX];
  private int lengthCount;

  /** Grows with what came, so that a length alone takes no memory. */
  private byte[] buffer = {};

  private int expected;
  private int received;

  /** {@code messageBytesMax}: of one message, without its length. */
  protected MessageReader(Stream stream, int messageBytesMax) {
    this.stream = stream;
    this.messageBytesMax = messageBytesMax;
  }

  /** One whole message, which may be empty. What it throws resets the stream. */
  protected abstract void message(Bytes message);

  /** The bytes of a message behind their length. */
  public static Bytes frame(Bytes message) {
    byte[] framed = new byte[Varint.length(message.length()) + message.length()];
    int at = Varint.put(message.length(), framed, 0);
    System.arraycopy(message.unsafeArray(), 0, framed, at, message.length());
    return Bytes.wrap(framed);
  }

  /** Whether bytes of a message have come that is not complete. */
  protected final boolean isInsideMessage() {
    return lengthCount > 0 || received < expected;
  }

  @Override
  public final void data(Bytes bytes) {
    byte[] array = bytes.unsafeArray();
    int at = 0;
    while (at < array.length) {
      if (received == expected) {
        byte next = array[at++];
        lengthBytes[lengthCount++] = next;
        if (next >= 0 || lengthCount == Varint.BYTES_MAX) {
          begin(Varint.decode(lengthBytes, 0));
        }
      } else {
        int count = Math.min(array.length - at, expected - received);
        reserve(received + count);
        System.arraycopy(array, at, buffer, received, count);
        received += count;
        at += count;
        deliverWhole();
      }
    }
  }

  private void begin(long length) {
    lengthCount = 0;
    if (length > messageBytesMax) {
      throw new DefraException(
          ErrorCode.PEER_FAULT, "message too long", "Length", length, "Max", messageBytesMax);
    }
    expected = (int) length;
    buffer = new byte[Math.min(expected, FIRST_BYTES_MAX)];
    received = 0;
    deliverWhole();
  }

  private void reserve(int bytes) {
    if (bytes > buffer.length) {
      int longer = Math.min(expected, Math.max(2 * buffer.length, bytes));
      if (bytes < expected) {
        stream.hold(longer);
      }
      buffer = Arrays.copyOf(buffer, longer);
    }
  }

  private void deliverWhole() {
    if (received == expected) {
      if (expected > FIRST_BYTES_MAX) {
        stream.hold(0);
      }
      Bytes whole = Bytes.wrap(buffer); // as long as expected, now that it is full
      buffer = new byte[0];
      expected = 0;
      received = 0;
      message(whole);
    }
  }
}
