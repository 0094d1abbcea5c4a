package io.defradb.benchmarks.node;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What is asked of a run.
 *
 * @param nodes one command, or two that are compared: the second is the one compared against
 * @param cases patterns of names of cases, {@code *} for any letters
 * @param documents in the greatest collection; the others are fractions of it
 * @param seconds of a case that is measured by rate
 * @param warmup seconds before it that do not count
 * @param rounds how often a case is measured on each node, in turn; the middle counts
 * @param data where the stores are; a loaded store found there is used again
 */
record Settings(
    List<String> nodes,
    List<String> cases,
    long documents,
    double seconds,
    double warmup,
    int rounds,
    int port,
    Path data) {

  static final String USAGE =
      """
      usage: NodeBenchmark --node COMMAND [--node COMMAND] [options]
        --node COMMAND    starts a node and becomes it; {rootdir}, {port} and {p2p} are replaced.
                          A second command is what the first is compared with.
        --cases PATTERNS  names with *, separated by commas (default *)
        --documents N     in the greatest collection (default 100000)
        --seconds N       of a case that is measured by rate (default 4)
        --warmup N        seconds before it that do not count (default 5)
        --rounds N        on each node in turn, the middle counts (default 3)
        --port N          of the first node; the twelve from it on are used (default 21190)
        --data FOLDER     of the stores; a loaded store is used again (default /tmp/defradb-benchmark)
      """;

  static Settings parse(String[] arguments) {
    List<String> nodes = new ArrayList<>();
    List<String> cases = List.of("*");
    long documents = 100_000;
    double seconds = 4;
    double warmup = 5;
    int rounds = 3;
    int port = 21190;
    Path data = Path.of("/tmp/defradb-benchmark");
    for (int i = 0; i < arguments.length; i += 2) {
      if (i + 1 == arguments.length) {
        throw new IllegalArgumentException(arguments[i] + " needs a value");
      }
      String value = arguments[i + 1];
      switch (arguments[i]) {
        case "--node" -> nodes.add(value);
        case "--cases" -> cases = List.of(value.split(","));
        case "--documents" -> documents = Long.parseLong(value);
        case "--seconds" -> seconds = Double.parseDouble(value);
        case "--warmup" -> warmup = Double.parseDouble(value);
        case "--rounds" -> rounds = Integer.parseInt(value);
        case "--port" -> port = Integer.parseInt(value);
        case "--data" -> data = Path.of(value);
        default -> throw new IllegalArgumentException("unknown option " + arguments[i]);
      }
    }
    if (nodes.isEmpty() || nodes.size() > 2) {
      throw new IllegalArgumentException("one or two --node are needed");
    }
    if (documents < 1000) {
      throw new IllegalArgumentException("--documents begins at 1000");
    }
    return new Settings(
        nodes, cases, documents, seconds, warmup, rounds, port, data.toAbsolutePath());
  }

  boolean isAsked(String name) {
    return cases.stream()
        .anyMatch(pattern -> name.matches(pattern.replace(".", "\\.").replace("*", ".*")));
  }
}
