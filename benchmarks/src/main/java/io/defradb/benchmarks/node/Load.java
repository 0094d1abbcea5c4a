package io.defradb.benchmarks.node;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps a node busy from some connections, each with one request under way, and says how much was
 * done at what cost of the node's CPU. A failed request fails the case.
 */
final class Load {
  /** One request; {@code number} counts up across all connections. */
  interface Operation {
    void run(HttpConnection connection, long number) throws IOException;
  }

  private final NodeProcess node;
  private final int connections;

  Load(NodeProcess node, int connections) {
    this.node = node;
    this.connections = connections;
  }

  /** Runs for about {@code seconds}, after a warm-up that does not count. */
  Figure forSeconds(double warmup, double seconds, int perOperation, Operation operation)
      throws IOException {
    AtomicLong numbers = new AtomicLong();
    if (warmup > 0) {
      run(numbers, Long.MAX_VALUE, warmup, operation);
    }
    return figure(numbers, Long.MAX_VALUE, seconds, perOperation, operation);
  }

  /** Runs the operations 0 to {@code count - 1}. */
  Figure times(long count, int perOperation, Operation operation) throws IOException {
    return figure(new AtomicLong(), count, Double.MAX_VALUE, perOperation, operation);
  }

  private Figure figure(
      AtomicLong numbers, long end, double seconds, int perOperation, Operation operation)
      throws IOException {
    long cpu = node.cpuMicros();
    long begin = System.nanoTime();
    long done = run(numbers, end, seconds, operation) * perOperation;
    double elapsed = (System.nanoTime() - begin) / 1e9;
    return new Figure(done / elapsed, (node.cpuMicros() - cpu) / (double) done);
  }

  private long run(AtomicLong numbers, long end, double seconds, Operation operation)
      throws IOException {
    ExecutorService threads = Executors.newFixedThreadPool(connections);
    try {
      long deadline = System.nanoTime() + (long) Math.min(seconds * 1e9, Long.MAX_VALUE / 4.0);
      List<Future<Long>> parts = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        parts.add(
            threads.submit(
                () -> {
                  long done = 0;
                  try (HttpConnection connection = node.connect()) {
                    while (System.nanoTime() < deadline) {
                      long number = numbers.getAndIncrement();
                      if (number >= end) {
                        break;
                      }
                      operation.run(connection, number);
                      done++;
                    }
                  }
                  return done;
                }));
      }
      long done = 0;
      for (Future<Long> part : parts) {
        done += part.get();
      }
      return done;
    } catch (InterruptedException | ExecutionException failure) {
      throw new IOException(failure);
    } finally {
      threads.shutdownNow();
    }
  }
}
