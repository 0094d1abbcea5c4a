package io.defradb.quickstart.speed;

import io.defradb.crypto.KeyType;
import io.defradb.crypto.PrivateKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What this machine can sign when it does nothing else: the node's default key, all cores. */
final class SigningRate {
  /**
   * A new document of {@link Records}: its create commit holds the key field and a composite, the
   * update that follows four first field blocks and a composite.
   */
  static final int SIGNATURES_A_DOCUMENT = 7;

  private static final Duration WARM_UP = Duration.ofSeconds(1);
  private static final Duration MEASURED = Duration.ofSeconds(3);
  private static final int MESSAGE_BYTES = 180;

  private SigningRate() {}

  /**
   * What was measured.
   *
   * @param perSecond on all cores together
   * @param cpuMicros of each; on a busy machine the better figure of the two
   */
  record Rate(double perSecond, double cpuMicros) {}

  static Rate measure() throws InterruptedException {
    int cores = Runtime.getRuntime().availableProcessors();
    ExecutorService threads = Executors.newFixedThreadPool(cores);
    try {
      sign(threads, cores, WARM_UP);
      var cpu = new CpuMeter(Map.of());
      long signed = sign(threads, cores, MEASURED);
      double cpuMicros = cpu.microsFor(signed).getOrDefault("driver", Double.NaN);
      return new Rate(signed / (MEASURED.toNanos() / 1e9), cpuMicros);
    } catch (ExecutionException e) {
      throw new IllegalStateException("signing failed", e);
    } finally {
      threads.shutdownNow();
    }
  }

  private static long sign(ExecutorService threads, int cores, Duration time)
      throws InterruptedException, ExecutionException {
    long end = System.nanoTime() + time.toNanos();
    List<Callable<Long>> work = new ArrayList<>();
    for (int core = 0; core < cores; core++) {
      PrivateKey key = PrivateKey.generate(KeyType.SECP256K1, new SplittableRandom(core));
      work.add(() -> signUntil(end, key));
    }
    long signed = 0;
    for (Future<Long> part : threads.invokeAll(work)) {
      signed += part.get();
    }
    return signed;
  }

  private static long signUntil(long end, PrivateKey key) {
    byte[] message = new byte[MESSAGE_BYTES];
    long signed = 0;
    while (System.nanoTime() < end) {
      message[0] = (byte) signed;
      message[1] = key.sign(message)[8]; // depends on the one before: nothing can be left out
      signed++;
    }
    return signed;
  }
}
