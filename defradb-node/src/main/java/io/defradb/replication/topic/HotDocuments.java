package io.defradb.replication.topic;

import io.defradb.dag.BlockCodec;
import io.defradb.replication.pushlog.PushLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Documents with a history that are told of often: while a peer may still be going through the
 * whole of it, as the reference does at each commit that it hears of, the next is held back, and
 * only the newest then told. Told all at once, the reference works on them all at once, and gives
 * most up. Not safe for use by many threads.
 */
final class HotDocuments {
  private static final int DOCUMENTS_MAX = 4096;
  private static final Duration LONGEST = Duration.ofSeconds(5);

  /** Half the square of the height is gone through, at some 50 us each. */
  private static final long NANOS_A_SQUARE = 25_000;

  private static final Duration SHORTEST = Duration.ofMillis(10);

  private final Map<String, Rest> rests = new LinkedHashMap<>();

  /** Of a document that was told of: until when, and what is told then. */
  private record Rest(long until, @Nullable PushLog held) {}

  /** Whether to tell it now; else it is held back, and what was held before it is dropped. */
  boolean mayTell(PushLog log, long now) {
    String name = name(log);
    Rest rest = rests.get(name);
    if (rest != null && rest.until - now > 0) {
      rests.put(name, new Rest(rest.until, log));
      return false;
    }
    told(log, now);
    return true;
  }

  /** Those whose time has come, to be told now. */
  List<PushLog> takeDue(long now) {
    List<PushLog> due = new ArrayList<>();
    for (Iterator<Rest> next = rests.values().iterator(); next.hasNext(); ) {
      Rest rest = next.next();
      if (rest.until - now <= 0) {
        next.remove();
        if (rest.held != null) {
          due.add(rest.held);
        }
      }
    }
    due.forEach(log -> told(log, now));
    return due;
  }

  /** Until something that is held back is due; {@code null}: nothing is. */
  @Nullable Duration delay(long now) {
    return rests.values().stream()
        .filter(rest -> rest.held != null)
        .map(rest -> Duration.ofNanos(Math.max(0, rest.until - now)))
        .min(Duration::compareTo)
        .orElse(null);
  }

  private void told(PushLog log, long now) {
    long height = BlockCodec.decode(log.block().unsafeArray()).delta().priority();
    long nanos = Math.min(LONGEST.toNanos(), height * height * NANOS_A_SQUARE);
    if (nanos >= SHORTEST.toNanos() && rests.size() < DOCUMENTS_MAX) {
      rests.put(name(log), new Rest(now + nanos, null));
    } else {
      rests.remove(name(log));
    }
  }

  private static String name(PushLog log) {
    return log.docId() == null ? log.collectionId() : log.docId().text();
  }
}
