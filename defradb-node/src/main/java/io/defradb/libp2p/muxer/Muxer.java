package io.defradb.libp2p.muxer;

import io.defradb.error.DefraException;
import io.defradb.libp2p.transport.Pipe;

/** Streams over one pipe. Used on the pipe's loop only. */
public interface Muxer {
  /** Begins to read the pipe; the listener is called from now on. Once. */
  void start();

  /** Opens a stream; throws {@code BUSY} above the bounds, {@code PEER_CLOSED} after the end. */
  MuxedStream open();

  /** Streams that are open, both sides'. */
  int streamCount();

  /** Says good-bye and closes the pipe; the streams fail, the listener is called. */
  void close();

  /** Hears of what the other side does. */
  interface Listener {
    /** The other side opened a stream. */
    void opened(MuxedStream stream);

    /** The pipe or the other side has ended; once, nothing follows. */
    void closed(DefraException cause);
  }

  /** Makes the muxer of a pipe. */
  interface Factory {
    /** The name by which it is negotiated. */
    String protocol();

    Muxer over(Pipe pipe, boolean isDialer, Listener listener);
  }
}
