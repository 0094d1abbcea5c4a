package io.defradb.client.oneshot;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

/**
 * The body of an answer: parts of known length, one for {@code Content-Length}, one a chunk, one
 * without end when the connection's end is the body's. Closing it closes the socket.
 */
final class BodyFraming extends InputStream {
  private final InputStream in;
  private final Socket socket;
  private final boolean isChunked;
  private boolean isFirst = true;
  private boolean isEnded;
  private long left;

  private BodyFraming(InputStream in, Socket socket, boolean isChunked, long left) {
    this.in = in;
    this.socket = socket;
    this.isChunked = isChunked;
    this.left = left;
  }

  /** {@code length}: -1 when the body ends with the connection. */
  static InputStream sized(InputStream in, long length, Socket socket) {
    return new BodyFraming(in, socket, false, length < 0 ? Long.MAX_VALUE : length);
  }

  static InputStream chunked(InputStream in, Socket socket) {
    return new BodyFraming(in, socket, true, 0);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (left == 0 && isChunked) {
      left = nextChunk();
    }
    if (left == 0 || length == 0) {
      return left == 0 ? -1 : 0;
    }
    int count = in.read(target, offset, (int) Math.min(length, left));
    if (count < 0) {
      if (left > Integer.MAX_VALUE && !isChunked) {
        return -1;
      }
      throw new IOException("unexpected EOF");
    }
    left -= count;
    return count;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** 0: that was the last one, and stays so. */
  private long nextChunk() throws IOException {
    if (isEnded) {
      return 0;
    }
    if (!isFirst) {
      OneShotTransport.line(in);
    }
    isFirst = false;
    String size = OneShotTransport.line(in).split(";", 2)[0].strip();
    if (!size.matches("[0-9a-fA-F]{1,8}")) {
      throw new IOException("malformed chunked encoding");
    }
    long bytes = Long.parseLong(size, 16);
    isEnded = bytes == 0;
    return bytes;
  }
}
