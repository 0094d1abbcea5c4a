package io.defradb.libp2p.protocol.gossipsub;

import io.defradb.libp2p.host.Connection;
import io.defradb.libp2p.host.MessageReader;
import io.defradb.libp2p.host.Stream;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.libp2p.transport.EventLoop;
import io.defradb.multiformats.Bytes;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One peer's connections, the stream on which this host writes to it, and the one it writes on.
 * Lives on the host's loop. One frame is under way at a time; what comes meanwhile shares the next.
 */
final class GossipLink {
  /** Between frames of a burst, so that the peer can take the messages of one before the next. */
  private static final Duration BURST_PAUSE = Duration.ofMillis(4);

  private final PeerId peer;
  private final EventLoop loop;
  private final Outbox outbox;
  private final Set<Connection> connections = new LinkedHashSet<>();
  private @Nullable Stream outbound;
  private @Nullable Stream inbound;
  private boolean isTalking;
  private boolean isOpening;
  private boolean isWriting;
  private int failures;

  GossipLink(PeerId peer, EventLoop loop, int outboxBytesMax) {
    this.peer = peer;
    this.loop = loop;
    this.outbox = new Outbox(outboxBytesMax);
  }

  PeerId peer() {
    return peer;
  }

  Outbox outbox() {
    return outbox;
  }

  /** Live. */
  Set<Connection> connections() {
    return connections;
  }

  /** Whether the peer is known to speak the protocol; from then on the router knows it. */
  boolean isTalking() {
    return isTalking;
  }

  void setTalking() {
    isTalking = true;
  }

  /** Whether a stream should be opened; says yes once until {@link #opened} or {@link #lost}. */
  boolean startsOpening() {
    boolean isNeeded = isTalking && outbound == null && !isOpening;
    isOpening |= isNeeded;
    return isNeeded;
  }

  int failures() {
    return failures;
  }

  /** Whether it is the stream on which this host writes. */
  boolean isOutbound(Stream stream) {
    return outbound == stream;
  }

  /** Writes what has waited, or an empty frame, because the first one may not be missing. */
  void opened(Stream stream) {
    isOpening = false;
    outbound = stream;
    write(stream, outbox.next());
  }

  /** The stream could not be opened, or is gone. */
  void lost() {
    isOpening = false;
    outbound = null;
    isWriting = false;
    failures++;
  }

  /** The newest stream of the peer counts. */
  void receivesOn(Stream stream) {
    if (inbound != null && inbound != stream) {
      inbound.reset();
    }
    inbound = stream;
  }

  void flush() {
    Stream stream = outbound;
    if (stream != null && !isWriting && !outbox.isEmpty()) {
      write(stream, outbox.next());
    }
  }

  private void write(Stream stream, Bytes frame) {
    isWriting = true;
    boolean isBurst = outbox.isBacklogged();
    stream
        .write(MessageReader.frame(frame))
        .whenComplete(
            (done, failure) -> {
              if (isBurst) {
                loop.run(() -> loop.schedule(BURST_PAUSE, () -> written(stream)));
              } else {
                loop.run(() -> written(stream));
              }
            });
  }

  private void written(Stream stream) {
    if (outbound == stream) {
      isWriting = false;
      failures = 0;
      flush();
    }
  }
}
