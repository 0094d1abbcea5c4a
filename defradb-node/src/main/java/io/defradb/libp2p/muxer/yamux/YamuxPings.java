package io.defradb.libp2p.muxer.yamux;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.libp2p.muxer.yamux.YamuxFrame.FrameType;
import io.defradb.libp2p.transport.EventLoop;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Asks at intervals whether the other side is there, and how long an answer takes. */
final class YamuxPings {
  private final YamuxSession session;
  private final EventLoop loop;
  private final Duration interval;
  private final Duration limit;
  private EventLoop.@Nullable Timer timer;
  private long value = -1;
  private long sentNanos;
  private boolean isUnanswered;
  private long roundTripNanos;

  YamuxPings(YamuxSession session, EventLoop loop, YamuxSettings settings) {
    this.session = session;
    this.loop = loop;
    this.interval = settings.pingInterval();
    this.limit = settings.pingLimit();
  }

  void start() {
    ask();
  }

  private void ask() {
    value++;
    sentNanos = loop.nanoTime();
    isUnanswered = true;
    session.control(new YamuxFrame(FrameType.PING, YamuxFrame.SYN, 0, value));
    timer = loop.schedule(limit, this::late);
  }

  private void late() {
    session.fail(new DefraException(ErrorCode.PEER_TIMEOUT, "the peer does not answer pings"));
  }

  void answered(long answer) {
    if (!isUnanswered || answer != (value & 0xffffffffL)) {
      return; // late, or nobody asked
    }
    isUnanswered = false;
    long taken = Math.max(1, loop.nanoTime() - sentNanos);
    roundTripNanos = roundTripNanos == 0 ? taken : (roundTripNanos + taken) / 2;
    stop();
    timer = loop.schedule(interval, this::ask);
  }

  long roundTripNanos() {
    return roundTripNanos;
  }

  void stop() {
    if (timer != null) {
      timer.cancel();
    }
  }
}
