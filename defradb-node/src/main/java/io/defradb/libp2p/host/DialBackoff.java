package io.defradb.libp2p.host;

import io.defradb.libp2p.address.AddressReach;
import io.defradb.libp2p.address.Multiaddr;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Addresses that could not be reached are left alone for a while: 5 s + n² s after the nth failure
 * in a row, 5 minutes at most (network specification, 4.3); near ones, where trying costs little
 * and a restart is short, n² tenths of a second, 5 s at most. On the host's loop.
 */
final class DialBackoff {
  private static final int ADDRESSES_MAX = 4096;
  private static final Duration BASE = Duration.ofSeconds(5);
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final Duration NEAR_BASE = Duration.ofMillis(100);
  private static final Duration NEAR_LONGEST = Duration.ofSeconds(5);

  private record Failed(int times, long untilNanos) {}

  private final Map<Multiaddr, Failed> failed = new LinkedHashMap<>();

  boolean isDue(Multiaddr address, long nowNanos) {
    Failed last = failed.get(address);
    return last == null || last.untilNanos - nowNanos <= 0;
  }

  void failed(Multiaddr address, long nowNanos) {
    Failed last = failed.remove(address);
    int times = last == null ? 1 : Math.min(last.times + 1, 1000);
    failed.put(address, new Failed(times, nowNanos + pause(address, times).toNanos()));
    if (failed.size() > ADDRESSES_MAX) {
      var oldest = failed.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
  }

  private static Duration pause(Multiaddr address, int times) {
    long squared = (long) times * times;
    boolean isNear = address.reach() != AddressReach.PUBLIC;
    Duration pause = isNear ? NEAR_BASE.multipliedBy(squared) : BASE.plusSeconds(squared);
    Duration longest = isNear ? NEAR_LONGEST : LONGEST;
    return pause.compareTo(longest) < 0 ? pause : longest;
  }

  void reached(Multiaddr address) {
    failed.remove(address);
  }
}
