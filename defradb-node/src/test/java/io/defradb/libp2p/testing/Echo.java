package io.defradb.libp2p.testing;

import io.defradb.error.DefraException;
import io.defradb.libp2p.host.Stream;
import io.defradb.libp2p.host.StreamReader;
import io.defradb.multiformats.Bytes;

/** Sends back what comes, no faster than it is taken, and closes when the other side does. */
public record Echo(Stream stream) implements StreamReader {
  /** A handler of streams. */
  public static void serve(Stream stream) {
    stream.read(new Echo(stream));
  }

  @Override
  public void data(Bytes bytes) {
    stream.pause();
    stream.write(bytes).thenRun(stream::resume);
  }

  @Override
  public void end() {
    stream.closeWrite();
  }

  @Override
  public void failed(DefraException failure) {}
}
