package io.defradb.libp2p.protocol.gossipsub;

import io.defradb.error.DefraException;
import io.defradb.libp2p.host.StreamReader;
import io.defradb.multiformats.Bytes;

/** Waits on the stream that this host writes on, where the peer says nothing until it is gone. */
record SilentReader(Runnable lost) implements StreamReader {
  @Override
  public void data(Bytes bytes) {
    lost.run();
  }

  @Override
  public void end() {
    lost.run();
  }

  @Override
  public void failed(DefraException failure) {
    lost.run();
  }
}
