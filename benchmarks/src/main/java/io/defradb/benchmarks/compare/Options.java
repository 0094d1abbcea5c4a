package io.defradb.benchmarks.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What is asked of a run.
 *
 * @param nodes two commands; the second starts the node that is the yardstick
 * @param reads how many questions a seed asks
 * @param keep how many seeds one pair of processes serves
 */
record Options(
    List<String> nodes,
    long from,
    int seeds,
    int documents,
    int reads,
    int keep,
    int port,
    Path data,
    boolean isTraced) {

  static final String USAGE =
      """
      usage: NodeComparison --node COMMAND --node COMMAND [options]
        --node COMMAND  starts a node; {rootdir}, {port} and {p2p} are replaced.
                        The second one is the yardstick.
        --from N        the first seed (default 1)
        --seeds N       how many seeds (default 100)
        --documents N   of each collection (default 8)
        --reads N       questions of a seed (default 60)
        --keep N        seeds that one pair of processes serves (default 25)
        --trace yes     also print every write and what the yardstick answered
        --port N        the first of four (default 21290)
        --data FOLDER   of the nodes and their logs (default /tmp/defradb-comparison)
      """;

  static Options parse(String[] arguments) {
    List<String> nodes = new ArrayList<>();
    long from = 1;
    int seeds = 100;
    int documents = 8;
    int reads = 60;
    int keep = 25;
    int port = 21290;
    boolean isTraced = false;
    Path data = Path.of("/tmp/defradb-comparison");
    for (int i = 0; i < arguments.length; i += 2) {
      if (i + 1 == arguments.length) {
        throw new IllegalArgumentException(arguments[i] + " needs a value");
      }
      String value = arguments[i + 1];
      switch (arguments[i]) {
        case "--node" -> nodes.add(value);
        case "--from" -> from = Long.parseLong(value);
        case "--seeds" -> seeds = Integer.parseInt(value);
        case "--documents" -> documents = Integer.parseInt(value);
        case "--reads" -> reads = Integer.parseInt(value);
        case "--keep" -> keep = Integer.parseInt(value);
        case "--trace" -> isTraced = value.equals("yes");
        case "--port" -> port = Integer.parseInt(value);
        case "--data" -> data = Path.of(value);
        default -> throw new IllegalArgumentException("unknown option " + arguments[i]);
      }
    }
    if (nodes.size() != 2) {
      throw new IllegalArgumentException("two --node are needed");
    }
    return new Options(
        nodes, from, seeds, documents, reads, keep, port, data.toAbsolutePath(), isTraced);
  }
}
