package io.defradb.replication.subdag;

import io.defradb.error.DefraException;
import io.defradb.libp2p.host.StreamReader;
import io.defradb.multiformats.Bytes;
import org.jspecify.annotations.Nullable;

/** Reads on and keeps how the stream ended. */
final class StreamEnd implements StreamReader {
  @Nullable DefraException failure;

  @Override
  public void data(Bytes bytes) {}

  @Override
  public void end() {}

  @Override
  public void failed(DefraException reason) {
    failure = reason;
  }
}
