package io.defradb.libp2p.host;

/** Serves the streams that peers open. */
@FunctionalInterface
public interface StreamHandler {
  /**
   * A peer opened a stream in one of the handler's protocols. Called on the event loop of the
   * connection; must not block, and sees to it that {@link Stream#read} is called or the stream
   * reset. What it throws resets the stream.
   */
  void opened(Stream stream);
}
