package io.defradb.libp2p.muxer;

import io.defradb.error.DefraException;
import io.defradb.multiformats.Bytes;
import java.util.concurrent.CompletableFuture;

/** One stream of a {@link Muxer}, with nothing negotiated. Used on the pipe's loop only. */
public interface MuxedStream {
  /**
   * Queues bytes; {@code taken} completes when all of them were sent under the window, or fails
   * with {@code BUSY}, {@code STREAM_RESET} or {@code PEER_CLOSED}.
   */
  void write(Bytes bytes, CompletableFuture<Void> taken);

  /** Nothing more is written; the other side learns it after what was written. */
  void closeWrite();

  /** Gives the stream up both ways; its reader is called no more. */
  void reset();

  /** Whom to give what arrives; before it is set, data wait under the window. */
  void read(Reader reader);

  /** No more data for the reader until {@link #resume}. */
  void pause();

  void resume();

  /**
   * Tells how many bytes of what it was given the reader keeps until more comes: they count as not
   * read. Throws {@code BUSY} when they are too many for the connection or the host.
   */
  void hold(int bytes);

  /**
   * Lets the peer have so many bytes under way from now on, as far as the muxer's bounds go: for
   * bursts whose sender drops what does not fit at once.
   */
  void widen(int bytes);

  /** Data any number of times, then one of the others. */
  interface Reader {
    void data(Bytes bytes);

    void end();

    void failed(DefraException failure);
  }
}
