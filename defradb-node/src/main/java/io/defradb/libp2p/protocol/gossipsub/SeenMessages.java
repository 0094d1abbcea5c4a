package io.defradb.libp2p.protocol.gossipsub;

import io.defradb.multiformats.Bytes;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The ids of messages seen lately, so that each is handled once: kept for a time from first sight,
 * and at most so many. Safe for use by many threads, because signatures are verified on the loops
 * of connections and only when the id is new.
 */
final class SeenMessages {
  private final Map<Bytes, Long> seenAt = new LinkedHashMap<>();
  private final long ttlNanos;
  private final int countMax;

  SeenMessages(Duration ttl, int countMax) {
    this.ttlNanos = ttl.toNanos();
    this.countMax = countMax;
  }

  synchronized boolean has(Bytes id) {
    return seenAt.containsKey(id);
  }

  /** False when the id was there already, whose time does not change. */
  synchronized boolean add(Bytes id, long now) {
    if (seenAt.putIfAbsent(id, now) != null) {
      return false;
    }
    if (seenAt.size() > countMax) {
      Iterator<Bytes> oldest = seenAt.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
    return true;
  }

  synchronized void forgetOld(long now) {
    Iterator<Long> times = seenAt.values().iterator();
    while (times.hasNext() && now - times.next() >= ttlNanos) {
      times.remove();
    }
  }

  synchronized int size() {
    return seenAt.size();
  }
}
