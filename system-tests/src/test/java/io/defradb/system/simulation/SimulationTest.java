package io.defradb.system.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many seeds. {@code -Dsimulation.seeds=300} runs as many, {@code -Dsimulation.first=17} begins
 * there; a failure names its seed. The table of all runs is left in {@code target/simulation.md}.
 */
class SimulationTest {
  private static final int SEEDS = Integer.getInteger("simulation.seeds", 40);
  private static final int FIRST = Integer.getInteger("simulation.first", 1);
  private static final int AT_ONCE = 4;
  private static final Duration BETWEEN_RESTARTS = Duration.ofSeconds(3);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @Test
  void givenFaultsOfEveryKind_whenAllIsQuiet_thenNothingIsLostAndNothingDoubled() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    var isDone = new CountDownLatch(1);
    try (var node = new RestartingNode(folder)) {
      Future<Integer> restarts =
          Executors.newSingleThreadExecutor().submit(() -> restartUntil(isDone, node));
      List<Future<Simulation.Report>> runs = new ArrayList<>();
      for (int i = 0; i < SEEDS; i++) {
        long seed = (long) FIRST + i;
        runs.add(threads.submit(() -> new Simulation(seed, node).run()));
      }
      List<Simulation.Report> reports = new ArrayList<>();
      List<Throwable> failures = new ArrayList<>();
      for (Future<Simulation.Report> run : runs) {
        try {
          reports.add(run.get());
        } catch (java.util.concurrent.ExecutionException e) {
          failures.add(e.getCause());
        }
      }
      isDone.countDown();
      write(reports, restarts.get());
      assertThat(failures).isEmpty();
      assertThat(reports).hasSize(SEEDS);
    } finally {
      threads.shutdownNow();
    }
  }

  private static int restartUntil(CountDownLatch isDone, RestartingNode node)
      throws InterruptedException {
    int restarts = 0;
    long pause = BETWEEN_RESTARTS.toNanos();
    while (!isDone.await(pause, TimeUnit.NANOSECONDS)) {
      long begin = System.nanoTime();
      node.restart();
      long taken = System.nanoTime() - begin;
      pause = Math.max(BETWEEN_RESTARTS.toNanos(), 3 * taken); // a slow machine gets on as well
      restarts++;
    }
    return restarts;
  }

  private static void write(List<Simulation.Report> reports, int restarts) throws Exception {
    var text =
        new StringBuilder(
            "| seed | records | documents | dead letters | events | tasks killed | faults |\n"
                + "|---|---|---|---|---|---|---|\n");
    for (Simulation.Report report : reports) {
      text.append(
          String.format(
              "| %d | %d | %d | %d | %d | %d | %d |%n",
              report.seed(),
              report.records(),
              report.documents(),
              report.deadLetters(),
              report.events(),
              report.restarts(),
              report.faults()));
    }
    text.append("\nThe node was restarted ").append(restarts).append(" times meanwhile.\n");
    Files.createDirectories(Path.of("target"));
    Files.writeString(Path.of("target/simulation.md"), text);
  }
}
