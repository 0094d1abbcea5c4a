package io.defradb.libp2p.host;

import io.defradb.libp2p.peer.PeerId;
import io.defradb.multiformats.Bytes;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Two directions of bytes between this host and a peer, in one protocol. Safe for use by many
 * threads; everything the stream calls back runs on its connection's event loop.
 */
public interface Stream extends Executor {
  /** Bytes of one stream that may wait for the peer's window; a write beyond fails. */
  int WAITING_BYTES_MAX = 4 << 20;

  /** The protocol that was agreed on. */
  String protocol();

  PeerId remotePeer();

  Connection connection();

  /**
   * Sends bytes, in the order of the calls. The stage completes when the muxer has taken all of
   * them under the peer's window: a writer of much waits for it. Fails with {@code BUSY} when
   * {@link #WAITING_BYTES_MAX} bytes wait already, {@code STREAM_RESET}, {@code PEER_CLOSED}.
   */
  CompletionStage<Void> write(Bytes bytes);

  /** Nothing more is written; the peer reads the end after what was written. */
  void closeWrite();

  /** Gives the stream up, both ways, at once. Harmless when repeated. */
  void reset();

  /** Whom to give what arrives; what came before waits under the window. Once. */
  void read(StreamReader reader);

  /** The reader gets no more data, the peer no more window. */
  void pause();

  void resume();

  /**
   * Tells how many bytes of what it was given the reader keeps until the rest of a message comes,
   * instead of what it told before: they count against the bounds of the connection. On the
   * connection's loop. Throws {@code BUSY} when they are too many; what throws it from {@link
   * StreamReader#data} resets the stream.
   */
  void hold(int bytes);

  /**
   * Lets the peer have so many bytes under way from now on, as far as the connection's bounds go:
   * for bursts whose sender drops what does not fit at once.
   */
  void widen(int bytes);

  /** Runs a task on the event loop of the connection. */
  @Override
  void execute(Runnable task);
}
