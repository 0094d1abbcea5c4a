package io.defradb.fuzz;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** One target for a while, from one seed. Accepted inputs are kept to make others from. */
final class FuzzRun {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int KEPT_MAX = 2_000;
  private static final int KEPT_BYTES_MIN = 16;

  private final FuzzTarget target;
  private final Random random;
  private final Mutator mutator;
  private final List<byte[]> seeds;
  private final List<byte[]> kept;
  private volatile byte[] current = {};
  private final AtomicLong inputs = new AtomicLong();
  private long accepted;

  FuzzRun(FuzzTarget target, long seed) {
    this.target = target;
    this.random = new Random(seed);
    this.mutator = new Mutator(random, target.words());
    this.seeds = target.seeds();
    this.kept = new ArrayList<>(seeds);
  }

  /**
   * Runs for {@code time}, but not for more than {@code inputsMax} inputs besides the seeds.
   *
   * @return one line of figures
   * @throws AssertionError with the input, for anything thrown and for one that takes too long
   */
  String run(Duration time, long inputsMax) throws InterruptedException {
    var task = new FutureTask<>(() -> go(time, inputsMax));
    var thread = new Thread(task, "fuzz");
    thread.setDaemon(true);
    thread.start();
    long before = -1;
    while (true) {
      try {
        task.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        return "%,d inputs, %,d accepted".formatted(inputs.get(), accepted);
      } catch (TimeoutException running) {
        if (before == inputs.get()) {
          var stuck = new AssertionError("takes longer than " + PATIENCE + ": " + shown(current));
          stuck.setStackTrace(thread.getStackTrace());
          throw stuck;
        }
        before = inputs.get();
      } catch (ExecutionException failed) {
        throw new AssertionError(shown(current), failed.getCause());
      }
    }
  }

  private Void go(Duration time, long inputsMax) throws Exception {
    for (byte[] seed : seeds) {
      take(seed);
    }
    long end = System.nanoTime() + time.toNanos();
    for (long i = 0; i < inputsMax && System.nanoTime() < end; i++) {
      byte[] input = mutator.mutate(chosen(), chosen());
      if (take(input) && input.length >= KEPT_BYTES_MIN) {
        keep(input);
      }
    }
    return null;
  }

  /** A seed half of the time, so that what follows does not wither to what says nothing. */
  private byte[] chosen() {
    List<byte[]> from = random.nextBoolean() ? seeds : kept;
    return from.get(random.nextInt(from.size()));
  }

  private boolean take(byte[] input) throws Exception {
    current = input;
    inputs.incrementAndGet();
    boolean isAccepted = target.accepts(input);
    accepted += isAccepted ? 1 : 0;
    return isAccepted;
  }

  private void keep(byte[] input) {
    if (kept.size() < KEPT_MAX) {
      kept.add(input);
    } else {
      kept.set(random.nextInt(KEPT_MAX), input);
    }
  }

  static String shown(byte[] input) {
    return "base64 "
        + Base64.getEncoder().encodeToString(input)
        + "\n"
        + new String(input, java.nio.charset.StandardCharsets.UTF_8);
  }
}
