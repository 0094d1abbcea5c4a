package io.defradb.quickstart.speed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Question: does memory stay what it is while records go round, topic to node to topic, at an even
 * pace? The same keys come again and again, so that what is stored grows in history alone. Judged
 * flat when the mean of the second half of the samples is not above that of the first by more than
 * a tenth and an allowance; the first sample, of a process that is still getting warm, is left out.
 */
final class Soak {
  private static final int KEYS = 20_000;
  private static final Duration SAMPLED_EVERY = Duration.ofSeconds(30);
  private static final Duration DRAIN_WAIT = Duration.ofSeconds(60);
  private static final double GROWTH_MAX = 0.10;
  private static final long HEAP_ALLOWED = 8L << 20;
  private static final long RESIDENT_ALLOWED = 48L << 20;

  private final Stack stack;
  private final int perSecond;
  private final Consumer<String> out;

  /** {@code out}: takes lines. */
  Soak(Stack stack, int perSecond, Consumer<String> out) {
    this.stack = stack;
    this.perSecond = perSecond;
    this.out = out;
  }

  /** True when memory was flat and every record became one event. */
  boolean run(int minutes, Records records, EventsProbe events) throws InterruptedException {
    int count = minutes * 60 * perSecond;
    AtomicReference<RuntimeException> failed = new AtomicReference<>();
    var producer = new Thread(() -> produce(records, count, failed), "paced");
    producer.start();
    MemoryMeter meter = stack.memory();
    List<Map<String, Long>> samples = new ArrayList<>();
    long began = System.nanoTime();
    long end = began + Duration.ofMinutes(minutes).toNanos();
    long seen = 0;
    for (long next = began + SAMPLED_EVERY.toNanos(); next <= end; ) {
      seen += events.countNew();
      if (System.nanoTime() >= next) {
        samples.add(meter.sample());
        out.accept(line(next - began, seen, samples.get(samples.size() - 1)));
        next += SAMPLED_EVERY.toNanos();
      }
      Thread.sleep(100);
    }
    producer.join();
    if (failed.get() != null) {
      throw failed.get();
    }
    for (long last = System.nanoTime() + DRAIN_WAIT.toNanos();
        seen < count && System.nanoTime() < last;
        seen += events.countNew()) {
      Thread.sleep(100);
    }
    seen += events.countNew();
    return judge(minutes, count, seen, samples);
  }

  private void produce(Records records, int count, AtomicReference<RuntimeException> failed) {
    try {
      records.writePaced(0, count, perSecond, KEYS);
    } catch (RuntimeException e) {
      failed.set(e);
    }
  }

  private static String line(long nanos, long seen, Map<String, Long> sample) {
    var text =
        new StringBuilder(
            String.format(Locale.ROOT, "%5d s %,10d events", nanos / 1_000_000_000L, seen));
    sample.forEach(
        (name, bytes) -> text.append(String.format(Locale.ROOT, "  %s %d MiB", name, bytes >> 20)));
    return text.toString();
  }

  private boolean judge(int minutes, int count, long seen, List<Map<String, Long>> samples) {
    List<Map<String, Long>> warm = samples.subList(samples.size() > 3 ? 1 : 0, samples.size());
    int half = warm.size() / 2;
    Map<String, String> verdicts = new LinkedHashMap<>();
    boolean isFlat = true;
    for (String name : warm.get(0).keySet()) {
      double before = mean(warm.subList(0, Math.max(1, half)), name);
      double after = mean(warm.subList(half, warm.size()), name);
      double allowed =
          before * GROWTH_MAX + (name.endsWith("heap") ? HEAP_ALLOWED : RESIDENT_ALLOWED);
      boolean isGrown = after - before > allowed;
      isFlat &= !isGrown;
      verdicts.put(
          name,
          String.format(
              Locale.ROOT,
              "%s %.0f -> %.0f MiB%s",
              name,
              before / (1 << 20),
              after / (1 << 20),
              isGrown ? " GROWS" : ""));
    }
    boolean isWhole = seen == count;
    out.accept(
        String.format(
            Locale.ROOT,
            "soak %s: %d min at %,d/s, %,d records, %,d events%s; %s",
            isFlat && isWhole ? "FLAT" : "FAILED",
            minutes,
            perSecond,
            count,
            seen,
            isWhole ? "" : " (not the same)",
            String.join(", ", verdicts.values())));
    return isFlat && isWhole;
  }

  private static double mean(List<Map<String, Long>> samples, String name) {
    return samples.stream().mapToLong(sample -> sample.getOrDefault(name, 0L)).average().orElse(0);
  }
}
