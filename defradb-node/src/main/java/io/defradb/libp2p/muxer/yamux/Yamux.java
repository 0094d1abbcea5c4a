package io.defradb.libp2p.muxer.yamux;

import io.defradb.libp2p.muxer.Muxer;
import io.defradb.libp2p.transport.Pipe;

/** Makes the yamux sessions of one host, and counts what they keep together. */
public final class Yamux implements Muxer.Factory {
  public static final String PROTOCOL = "/yamux/1.0.0";

  private final YamuxSettings settings;
  private final KeptForPeers kept;

  public Yamux(YamuxSettings settings) {
    this.settings = settings;
    this.kept = new KeptForPeers(settings);
  }

  @Override
  public String protocol() {
    return PROTOCOL;
  }

  @Override
  public Muxer over(Pipe pipe, boolean isDialer, Muxer.Listener listener) {
    return new YamuxSession(pipe, isDialer, settings, kept, listener);
  }

  /** Bytes that are unread, half read or unsent, of all sessions. */
  public long keptBytes() {
    return kept.bytes();
  }

  /** Open streams that peers opened, of all sessions. */
  public int inboundStreams() {
    return kept.streams();
  }
}
