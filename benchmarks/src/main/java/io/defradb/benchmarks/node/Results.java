package io.defradb.benchmarks.node;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Figures of the cases measured so far, a column a node, and how they are shown. */
final class Results {
  private static final String NONE = "";

  private final int nodes;
  private final Map<String, List<List<Figure>>> figures = new HashMap<>();

  Results(int nodes) {
    this.nodes = nodes;
  }

  void put(String name, int column, Figure figure) {
    List<List<Figure>> columns = figures.computeIfAbsent(name, it -> new ArrayList<>());
    while (columns.size() < nodes) {
      columns.add(new ArrayList<>());
    }
    columns.get(column).add(figure);
  }

  /** A table in Markdown of what was measured. */
  String table() {
    StringBuilder table = new StringBuilder();
    table.append(
        nodes == 1
            ? "| case | unit | node | CPU us |\n|---|---|---|---|\n"
            : "| case | unit | node | other | gain | CPU us | other CPU us | CPU gain | must | goal |\n"
                + "|---|---|---|---|---|---|---|---|---|---|\n");
    Case.ALL.stream()
        .filter(it -> figures.containsKey(it.name()))
        .forEach(it -> table.append(line(it)).append('\n'));
    return table.toString();
  }

  /** A row of the table. */
  String line(Case it) {
    List<List<Figure>> columns = figures.get(it.name());
    if (columns == null) {
      return NONE;
    }
    Figure ours = Figure.median(columns.get(0));
    if (nodes == 1) {
      return row(it.name(), it.unit(), number(ours.value()), number(ours.cpuMicros()));
    }
    Figure theirs = Figure.median(columns.get(1));
    double gain = it.gain(ours.value(), theirs.value());
    double cpuGain = theirs.cpuMicros() / ours.cpuMicros();
    return row(
        it.name(),
        it.unit(),
        number(ours.value()),
        number(theirs.value()),
        number(gain),
        number(ours.cpuMicros()),
        number(theirs.cpuMicros()),
        number(cpuGain),
        verdict(it.must(), gain, cpuGain),
        verdict(it.goal(), gain, cpuGain));
  }

  /** By the value; where the machine was busy, CPU may still tell. */
  private static String verdict(double wanted, double gain, double cpuGain) {
    if (wanted == 0 || Double.isNaN(gain)) {
      return NONE;
    }
    String held = gain >= wanted ? "yes" : cpuGain >= wanted ? "by CPU" : "NO";
    return held + " (" + number(wanted) + "x)";
  }

  private static String row(String... cells) {
    return "| " + String.join(" | ", cells) + " |";
  }

  /** Three digits that count. */
  private static String number(double value) {
    if (!Double.isFinite(value)) {
      return NONE;
    }
    int digits = value >= 100 || value == Math.rint(value) ? 0 : value >= 10 ? 1 : 2;
    return String.format(Locale.ROOT, "%,." + digits + "f", value);
  }
}
