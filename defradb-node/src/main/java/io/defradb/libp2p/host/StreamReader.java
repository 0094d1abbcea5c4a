package io.defradb.libp2p.host;

import io.defradb.error.DefraException;
import io.defradb.multiformats.Bytes;

/**
 * Takes what a stream brings; called on the event loop of the connection only. Data any number of
 * times, then exactly one of {@link #end} and {@link #failed}, unless this side resets the stream,
 * after which nothing is called. What it throws resets the stream.
 */
public interface StreamReader {
  /** Some bytes, not empty, cut anywhere. */
  void data(Bytes bytes);

  /** The peer has closed its direction. */
  void end();

  /** {@code STREAM_RESET} by the peer, {@code PEER_CLOSED} with the connection, or what else. */
  void failed(DefraException failure);
}
