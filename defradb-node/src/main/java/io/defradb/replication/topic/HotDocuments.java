package io.defradb.replication.topic;

import io.defradb.dag.BlockCodec;
import io.defradb.replication.pushlog.PushLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Documents with a history that are told of often: while a peer may still be going through the
 * whole of it, as the reference does at each commit that it hears of, the next is held back, and
 * only the newest then told. Told all at once, the reference works on them all at once, and gives
 * most up. Where that may have happened to the last one as well, it is told again now and then. Not
 * safe for use by many threads.
 */
final class HotDocuments {
  private static final int DOCUMENTS_MAX = 4096;
  private static final Duration LONGEST = Duration.ofSeconds(15);

  /** Half the square of the height is gone through, at some 50 us each. */
  private static final long NANOS_A_SQUARE = 25_000;

  private static final Duration SHORTEST = Duration.ofMillis(10);

  /** Of a busy document with a pause beyond this, the last commit is told again. */
  private static final Duration LONG = Duration.ofSeconds(1);

  private static final List<Duration> AGAIN =
      List.of(Duration.ofMinutes(1), Duration.ofMinutes(2), Duration.ofMinutes(4));

  private final Map<String, Rest> rests = new LinkedHashMap<>();

  /**
   * Of a document that was told of.
   *
   * @param until when nothing is told
   * @param held what is told then
   * @param told the last
   * @param again when it is told again
   * @param timesLeft how often it is
   */
  private record Rest(long until, @Nullable PushLog held, PushLog told, long again, int timesLeft) {
    boolean isDue(long now) {
      return (held != null || timesLeft > 0) && next() - now <= 0;
    }

    long next() {
      return held != null ? until : again;
    }
  }

  /** Whether to tell it now; else it is held back, and what was held before it is dropped. */
  boolean mayTell(PushLog log, long now) {
    String chain = log.chain();
    Rest rest = rests.get(chain);
    if (rest != null && rest.until - now > 0) {
      rests.put(chain, new Rest(rest.until, log, rest.told, rest.again, rest.timesLeft));
      return false;
    }
    told(log, rest != null && rest.timesLeft > 0, now);
    return true;
  }

  /** Those whose time has come, to be told now. */
  List<PushLog> takeDue(long now) {
    List<PushLog> due = new ArrayList<>();
    for (Rest rest : List.copyOf(rests.values())) {
      if (rest.isDue(now)) {
        due.add(rest.held == null ? rest.told : rest.held);
        if (rest.held == null) {
          rests.put(rest.told.chain(), later(rest, now));
        } else {
          told(rest.held, true, now);
        }
      }
    }
    forgetOver(now);
    return due;
  }

  /** Until something is due; {@code null}: nothing is. */
  @Nullable Duration delay(long now) {
    return rests.values().stream()
        .filter(rest -> rest.held != null || rest.timesLeft > 0)
        .map(rest -> Duration.ofNanos(Math.max(0, rest.next() - now)))
        .min(Duration::compareTo)
        .orElse(null);
  }

  private void forgetOver(long now) {
    rests
        .values()
        .removeIf(rest -> rest.held == null && rest.timesLeft == 0 && rest.until - now <= 0);
  }

  private void told(PushLog log, boolean isBusy, long now) {
    if (rests.size() >= DOCUMENTS_MAX) {
      forgetOver(now);
    }
    long height = BlockCodec.decode(log.block().unsafeArray()).delta().priority();
    long nanos = Math.min(LONGEST.toNanos(), height * height * NANOS_A_SQUARE);
    if (nanos < SHORTEST.toNanos() || rests.size() >= DOCUMENTS_MAX) {
      rests.remove(log.chain());
    } else {
      int times = isBusy && nanos > LONG.toNanos() ? AGAIN.size() : 0;
      rests.put(log.chain(), new Rest(now + nanos, null, log, now + AGAIN.get(0).toNanos(), times));
    }
  }

  private static Rest later(Rest rest, long now) {
    int left = rest.timesLeft - 1;
    long pause = AGAIN.get(Math.min(AGAIN.size() - left, AGAIN.size() - 1)).toNanos();
    return new Rest(rest.until, null, rest.told, now + pause, left);
  }
}
