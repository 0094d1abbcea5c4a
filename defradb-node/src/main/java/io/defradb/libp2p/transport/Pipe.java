package io.defradb.libp2p.transport;

import io.defradb.libp2p.address.Multiaddr;

/**
 * Bytes both ways, in order, between two hosts: a transport's connection, or one layer of security
 * around another pipe. Used on its {@link #loop} only.
 */
public interface Pipe {
  EventLoop loop();

  /** This end; without {@code /p2p}. */
  Multiaddr localAddress();

  Multiaddr remoteAddress();

  /**
   * Whom to give what arrives, in place of the reader before. Bytes that reader left are given at
   * once, or, within a call of its {@link PipeReader#data}, after that call.
   */
  void read(PipeReader reader);

  /**
   * Takes {@code length} bytes, always; they may change afterwards. They are sent with the next
   * {@link #flush} at the latest. Ignored after the end.
   */
  void write(byte[] array, int from, int length);

  void flush();

  /**
   * False while much waits to be sent: who has more waits for {@link PipeReader#writable}, who has
   * a little may write nevertheless.
   */
  boolean isWritable();

  /** Sends what was written, then closes; the reader is called no more. Harmless when repeated. */
  void close();
}
