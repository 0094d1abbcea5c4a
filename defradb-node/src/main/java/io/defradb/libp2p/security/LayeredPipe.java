package io.defradb.libp2p.security;

import io.defradb.error.DefraException;
import io.defradb.libp2p.address.Multiaddr;
import io.defradb.libp2p.transport.EventLoop;
import io.defradb.libp2p.transport.Pipe;
import io.defradb.libp2p.transport.PipeInput;
import io.defradb.libp2p.transport.PipeReader;

/** A pipe inside another: what is the same for every layer. */
public abstract class LayeredPipe implements Pipe, PipeReader {
  protected final Pipe below;
  protected final PipeInput input = new PipeInput();

  protected LayeredPipe(Pipe below) {
    this.below = below;
  }

  @Override
  public final EventLoop loop() {
    return below.loop();
  }

  @Override
  public final Multiaddr localAddress() {
    return below.localAddress();
  }

  @Override
  public final Multiaddr remoteAddress() {
    return below.remoteAddress();
  }

  @Override
  public final void read(PipeReader reader) {
    input.read(reader);
  }

  @Override
  public boolean isWritable() {
    return below.isWritable();
  }

  @Override
  public void writable() {
    input.writable();
  }

  @Override
  public void closed(DefraException cause) {
    input.end(cause);
  }

  @Override
  public void close() {
    input.close();
    flush();
    below.close();
  }
}
