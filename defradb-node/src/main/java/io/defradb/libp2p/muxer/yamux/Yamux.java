package io.defradb.libp2p.muxer.yamux;

import io.defradb.libp2p.muxer.Muxer;
import io.defradb.libp2p.transport.Pipe;

/** Makes yamux sessions. */
public record Yamux(YamuxSettings settings) implements Muxer.Factory {
  public static final String PROTOCOL = "/yamux/1.0.0";

  @Override
  public String protocol() {
    return PROTOCOL;
  }

  @Override
  public Muxer over(Pipe pipe, boolean isDialer, Muxer.Listener listener) {
    return new YamuxSession(pipe, isDialer, settings, listener);
  }
}
