package io.defradb.connect.sink.write;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Records of one partition that wait, in order. Guarded by its owner's lock. */
final class PartitionQueue {
  private final Deque<Pending> waiting = new ArrayDeque<>();
  private final TopicIdentity identity;
  private long storedOffset;
  private boolean isInFlight;

  /** {@code storedOffset}: what the node already has; -1 for nothing. */
  PartitionQueue(TopicIdentity identity, long storedOffset) {
    this.identity = identity;
    this.storedOffset = storedOffset;
  }

  TopicIdentity identity() {
    return identity;
  }

  void add(Pending pending) {
    if (pending.offset() > storedOffset) {
      waiting.add(pending);
    }
  }

  int size() {
    return waiting.size();
  }

  /** True when a batch could be sent now: one at a time, so that order holds. */
  boolean isReady() {
    return !isInFlight && !waiting.isEmpty();
  }

  List<Pending> take(int max) {
    List<Pending> taken = new ArrayList<>(Math.min(max, waiting.size()));
    while (taken.size() < max && !waiting.isEmpty()) {
      taken.add(waiting.remove());
    }
    isInFlight = true;
    return taken;
  }

  void stored(long upTo) {
    isInFlight = false;
    storedOffset = Math.max(storedOffset, upTo);
  }

  /** The greatest offset that needs no redelivery; -1 for none. */
  long storedOffset() {
    return storedOffset;
  }
}
