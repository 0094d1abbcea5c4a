package io.defradb.libp2p.host;

import io.defradb.libp2p.address.Multiaddr;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Addresses that could not be reached are left alone for a while: 5 s + n² s after the nth failure
 * in a row, 5 minutes at most (network specification, 4.3). On the host's loop.
 */
final class DialBackoff {
  private static final int ADDRESSES_MAX = 4096;
  private static final Duration BASE = Duration.ofSeconds(5);
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private record Failed(int times, long untilNanos) {}

  private final Map<Multiaddr, Failed> failed = new LinkedHashMap<>();

  boolean isDue(Multiaddr address, long nowNanos) {
    Failed last = failed.get(address);
    return last == null || last.untilNanos - nowNanos <= 0;
  }

  void failed(Multiaddr address, long nowNanos) {
    Failed last = failed.remove(address);
    int times = last == null ? 1 : Math.min(last.times + 1, 1000);
    long seconds = BASE.toSeconds() + (long) times * times;
    long pause = Math.min(Duration.ofSeconds(seconds).toNanos(), LONGEST.toNanos());
    failed.put(address, new Failed(times, nowNanos + pause));
    if (failed.size() > ADDRESSES_MAX) {
      var oldest = failed.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
  }

  void reached(Multiaddr address) {
    failed.remove(address);
  }
}
