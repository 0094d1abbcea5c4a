package io.defradb.benchmarks.node;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** One query, asked again and again on one connection: the middle of its times. */
final class Repeated {
  private static final int WARMUP_RUNS = 3;
  private static final int RUNS_MIN = 5;
  private static final double WARMUP_SECONDS = 1.5;

  private Repeated() {}

  static Figure query(Target target, NodeProcess node, String query) throws IOException {
    String text = "{ " + query + " }";
    double seconds = target.settings().seconds() / 2;
    try (HttpConnection connection = node.connect()) {
      long begin = System.nanoTime();
      for (int i = 0; i < WARMUP_RUNS || System.nanoTime() - begin < WARMUP_SECONDS * 1e9; i++) {
        connection.graphql(text);
      }
      List<Figure> runs = new ArrayList<>();
      long cpu = node.cpuMicros();
      begin = System.nanoTime();
      while (runs.size() < RUNS_MIN || System.nanoTime() - begin < seconds * 1e9) {
        long asked = System.nanoTime();
        connection.graphql(text);
        runs.add(Figure.of((System.nanoTime() - asked) / 1e6));
      }
      double cpuMicros = (node.cpuMicros() - cpu) / (double) runs.size();
      return new Figure(Figure.median(runs).value(), cpuMicros);
    }
  }
}
