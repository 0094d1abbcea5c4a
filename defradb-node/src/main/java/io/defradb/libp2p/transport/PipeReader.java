package io.defradb.libp2p.transport;

import io.defradb.error.DefraException;
import java.nio.ByteBuffer;

/** Takes what a {@link Pipe} brings; called on its loop. */
public interface PipeReader {
  /**
   * Bytes, in an array. What the reader leaves comes again together with what follows, so that a
   * reader of frames keeps nothing. The buffer is the pipe's again when the call returns. What this
   * throws ends the pipe.
   */
  void data(ByteBuffer bytes);

  /** {@link Pipe#isWritable} is true again. */
  default void writable() {}

  /** The pipe has ended; nothing else is called after it. {@code PEER_CLOSED}, or what broke it. */
  void closed(DefraException cause);
}
