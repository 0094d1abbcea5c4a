package io.defradb.libp2p.host;

import java.util.concurrent.TimeUnit;

/** How many inbound connections may knock: a rate, and a number under way. For many threads. */
final class InboundGate {
  private static final int BURST_SECONDS = 2;

  private final int pendingMax;
  private final int perSecondMax;
  private double allowed;
  private long refilledNanos;
  private int pending;
  private boolean hasStarted;

  InboundGate(HostSettings settings) {
    this.pendingMax = settings.inboundPendingMax();
    this.perSecondMax = settings.inboundPerSecondMax();
  }

  /** Whether another one may come in; {@link #leave} follows then. */
  synchronized boolean enter(long nowNanos) {
    double burst = (double) BURST_SECONDS * perSecondMax;
    double since = hasStarted ? nowNanos - refilledNanos : Double.MAX_VALUE;
    allowed = Math.min(burst, allowed + since * perSecondMax / TimeUnit.SECONDS.toNanos(1));
    refilledNanos = nowNanos;
    hasStarted = true;
    if (allowed < 1 || pending >= pendingMax) {
      return false;
    }
    allowed--;
    pending++;
    return true;
  }

  synchronized void leave() {
    pending--;
  }
}
