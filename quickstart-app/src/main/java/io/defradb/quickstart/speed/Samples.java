package io.defradb.quickstart.speed;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How a count grew: what rates are taken from. CPU is measured from the moment that {@code WARM} of
 * the goal is reached.
 */
final class Samples {
  private static final double WARM = 0.5;

  private record Sample(long nanos, long count) {}

  private final List<Sample> samples = new ArrayList<>();
  private final long goal;
  private final Supplier<CpuMeter> meters;
  private @Nullable CpuMeter cpu;
  private long warmFrom;

  Samples(long goal, Supplier<CpuMeter> meters) {
    this.goal = goal;
    this.meters = meters;
    add(0);
  }

  void add(long count) {
    samples.add(new Sample(System.nanoTime(), count));
    if (cpu == null && count >= goal * WARM) {
      cpu = meters.get();
      warmFrom = count;
    }
  }

  long last() {
    return samples.get(samples.size() - 1).count();
  }

  boolean isComplete() {
    return last() >= goal;
  }

  /** A second, from the first movement to the end: cold servers included. */
  double rate() {
    return rate(0);
  }

  /** The same once the servers are warm. */
  double warmRate() {
    return rate(warmFrom - 1);
  }

  /** Microseconds of CPU for each once the servers are warm, by process. */
  Map<String, Double> warmMicros() {
    CpuMeter meter = cpu;
    return meter == null ? Map.of() : meter.microsFor(Math.max(1, last() - warmFrom));
  }

  private double rate(long above) {
    Sample first = samples.get(0);
    for (Sample sample : samples) {
      if (sample.count() > above) {
        first = above == 0 ? first : sample;
        break;
      }
      first = sample;
    }
    Sample end = samples.get(samples.size() - 1);
    return (end.count() - first.count()) / ((end.nanos() - first.nanos()) / 1e9);
  }
}
