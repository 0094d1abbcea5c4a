package io.defradb.libp2p.muxer.yamux;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What all sessions of a host keep for their peers: streams, and bytes that are unread, half read
 * or unsent. While it is too much, only sessions that keep little may keep more, so that one greedy
 * peer, or many, harm nobody else. Safe for use by many threads.
 */
final class KeptForPeers {
  /** What a session may always keep. */
  static final int FAIR_BYTES = 64 << 10;

  static final int FAIR_STREAMS = 16;

  private final YamuxSettings settings;
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicInteger streams = new AtomicInteger();

  KeptForPeers(YamuxSettings settings) {
    this.settings = settings;
  }

  /** Counts {@code more}; whether there is room for a session that keeps {@code own} with them. */
  boolean add(int more, long own) {
    return bytes.addAndGet(more) <= settings.hostBytesMax() || own <= FAIR_BYTES;
  }

  void remove(int fewer) {
    bytes.addAndGet(-fewer);
  }

  /** Whether a session that has {@code own} inbound streams may have one more; then it counts. */
  boolean addStream(int own) {
    if (streams.incrementAndGet() <= settings.hostStreamsMax() || own < FAIR_STREAMS) {
      return true;
    }
    streams.decrementAndGet();
    return false;
  }

  void removeStream() {
    streams.decrementAndGet();
  }

  long bytes() {
    return bytes.get();
  }

  int streams() {
    return streams.get();
  }
}
