package io.defradb.libp2p.protocol.bitswap;

import io.defradb.libp2p.peer.PeerId;
import io.defradb.multiformats.Cid;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A block that is asked for: who waits for it, and what each peer was asked and said. */
final class Search {
  private final Cid cid;
  private final List<Waiter> waiters = new ArrayList<>();
  private final Map<PeerId, Ask> asks = new LinkedHashMap<>();
  private long broadcastAt;
  private boolean isBroadcast;

  /** A fetch and when it is given up. */
  record Waiter(Fetch fetch, long deadline) {}

  enum State {
    /** Asked whether it has the block. */
    ASKED_HAVE,
    /** Asked for the block. */
    ASKED_BLOCK,
    HAS,
    LACKS
  }

  /** What one peer was asked last, and said. */
  static final class Ask {
    private State state;
    private long at;
    private int repeats;

    Ask(State state, long at) {
      this.state = state;
      this.at = at;
    }

    State state() {
      return state;
    }

    void says(State answer) {
      state = answer;
    }

    /** Whether the block should have come by now. */
    boolean isOverdue(long now, long retryNanos) {
      return state == State.ASKED_BLOCK && now - at >= retryNanos << Math.min(repeats, 16);
    }

    void repeat(long now) {
      at = now;
      repeats++;
    }

    boolean isRepeated() {
      return repeats > 0;
    }
  }

  Search(Cid cid) {
    this.cid = cid;
  }

  Cid cid() {
    return cid;
  }

  /** Live. */
  List<Waiter> waiters() {
    return waiters;
  }

  /** Live; in the order in which peers were first asked. */
  Map<PeerId, Ask> asks() {
    return asks;
  }

  /** Preferred by those who wait. */
  List<PeerId> preferred() {
    if (waiters.size() == 1) {
      return List.copyOf(waiters.get(0).fetch().group().preferred());
    }
    return waiters.stream()
        .flatMap(waiter -> waiter.fetch().group().preferred().stream())
        .distinct()
        .toList();
  }

  /** Whether a block is on its way, for all that is known. */
  boolean isComing(long now, long retryNanos) {
    for (Ask ask : asks.values()) {
      if (ask.state == State.ASKED_BLOCK && !ask.isOverdue(now, retryNanos)) {
        return true;
      }
    }
    return false;
  }

  void broadcast(long now) {
    isBroadcast = true;
    broadcastAt = now;
  }

  boolean isBroadcast() {
    return isBroadcast;
  }

  boolean needsBroadcast(long now, long intervalNanos) {
    return !isBroadcast || now - broadcastAt >= intervalNanos;
  }
}
