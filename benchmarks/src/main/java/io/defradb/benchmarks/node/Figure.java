package io.defradb.benchmarks.node;

import java.util.Comparator;
import java.util.List;

/**
 * What a case measured.
 *
 * @param value in the unit of its case
 * @param cpuMicros CPU of the node per operation; NaN where that means nothing
 */
record Figure(double value, double cpuMicros) {
  static Figure of(double value) {
    return new Figure(value, Double.NaN);
  }

  /** The figure in the middle by value; its CPU is the middle of all CPUs. None of none. */
  static Figure median(List<Figure> figures) {
    if (figures.isEmpty()) {
      return of(Double.NaN);
    }
    return new Figure(
        middle(figures.stream().map(Figure::value).toList()),
        middle(figures.stream().map(Figure::cpuMicros).toList()));
  }

  private static double middle(List<Double> values) {
    List<Double> sorted = values.stream().sorted(Comparator.naturalOrder()).toList();
    return sorted.get(sorted.size() / 2);
  }
}
