package io.defradb.benchmarks.node;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How fast is a whole node, and how many times faster than another one?
 *
 * <p>Every case runs on one node after the other, so that both meet the same machine; CPU is what
 * the node's process used per operation. Documents have five fields, see {@code People}. Command:
 * {@code java -cp 'benchmarks/target/benchmarks.jar:benchmarks/target/lib/*'
 * io.defradb.benchmarks.node.NodeBenchmark --node 'bin/defradb start --rootdir {rootdir} --url
 * 127.0.0.1:{port} --p2paddr /ip4/127.0.0.1/tcp/{p2p}' --cases 'read.*'}.
 */
public final class NodeBenchmark {
  private NodeBenchmark() {}

  public static void main(String[] arguments) throws IOException {
    Settings settings;
    try {
      settings = Settings.parse(arguments);
    } catch (IllegalArgumentException fault) {
      System.err.println(fault.getMessage());
      System.err.print(Settings.USAGE);
      System.exit(2);
      return;
    }
    List<Stage> stages =
        Stream.of(
                Starting.stages(),
                Writing.stages(),
                Subscribing.stages(),
                Crashing.stages(),
                Loading.stages(),
                Reading.stages(),
                Joining.stages(),
                History.stages(),
                Replicating.stages())
            .flatMap(List::stream)
            .filter(stage -> stage.cases().stream().anyMatch(settings::isAsked))
            .toList();
    Results results = new Results(settings.nodes().size());
    List<Target> targets = targets(settings);
    try {
      for (Stage stage : stages) {
        measure(stage, targets, settings.rounds(), results);
        Case.ALL.stream()
            .filter(it -> stage.cases().contains(it.name()))
            .forEach(it -> System.out.println(results.line(it)));
      }
    } finally {
      for (Target target : targets) {
        target.close();
      }
    }
    System.out.println();
    System.out.print(results.table());
  }

  private static List<Target> targets(Settings settings) {
    List<Target> targets = new ArrayList<>();
    for (int i = 0; i < settings.nodes().size(); i++) {
      String name = i == 0 ? "node" : "other";
      Path folder = settings.data().resolve(name);
      int port = settings.port() + 2 * i;
      targets.add(new Target(name, settings.nodes().get(i), folder, port, settings));
    }
    return targets;
  }

  /**
   * A node that fails, or dies, fails in this case only, and is not asked again in its other
   * rounds; it is started again for the next.
   */
  private static void measure(Stage stage, List<Target> targets, int rounds, Results results)
      throws IOException {
    Set<Target> failed = new HashSet<>();
    for (int round = 0; round < (stage.isRepeated() ? rounds : 1); round++) {
      for (int i = 0; i < targets.size(); i++) {
        int column = i;
        if (failed.contains(targets.get(i))) {
          continue;
        }
        try {
          stage.work().measure(targets.get(i), (name, it) -> results.put(name, column, it));
        } catch (IOException failure) {
          failed.add(targets.get(i));
          System.err.println(
              targets.get(i).name() + " failed in " + stage.cases() + ": " + failure);
          targets.get(i).stop();
        }
      }
    }
  }
}
