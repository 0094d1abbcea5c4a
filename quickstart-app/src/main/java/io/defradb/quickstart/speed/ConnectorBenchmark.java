package io.defradb.quickstart.speed;

import io.defradb.quickstart.server.ServerSettings;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Question: how many records a second do the connectors carry, with node, broker and worker on this
 * machine? Unit: records (one document, one event each) a second, and microseconds of CPU a record
 * by process. Data: five fields, keys that are all new, then the same keys with other values.
 *
 * <p>Command: {@code benchmarks/connectors [--unsigned]}, {@code benchmarks/connectors --soak 10}.
 */
@Command(
    name = "connector-benchmark",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Fills a node through the sink, empties its log through the source, under a clock.")
public final class ConnectorBenchmark implements Callable<Integer> {
  @Option(names = "--unsigned", description = "The node signs nothing.")
  boolean isUnsigned;

  @Option(
      names = "--documents",
      paramLabel = "N",
      description = "New documents, and events (default: ${DEFAULT-VALUE}).")
  int documents = 100_000;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      description = "Of the sink's topic, a task each (default: ${DEFAULT-VALUE}).")
  int partitions = 2;

  @Option(
      names = "--shards",
      paramLabel = "N",
      description = "Of the source, a task each (default: ${DEFAULT-VALUE}).")
  int shards = 1;

  @Option(
      names = "--paced",
      paramLabel = "N",
      description = "Records a second while the lag is measured (default: ${DEFAULT-VALUE}).")
  int paced = 1000;

  @Option(names = "--updates", description = "Afterwards the same keys again, with other values.")
  boolean isUpdating;

  @Option(names = "--sink", paramLabel = "KEY=VALUE", description = "A setting of the sink.")
  Map<String, String> sinkSettings = new LinkedHashMap<>();

  @Option(names = "--source", paramLabel = "KEY=VALUE", description = "A setting of the source.")
  Map<String, String> sourceSettings = new LinkedHashMap<>();

  @Option(
      names = "--soak",
      paramLabel = "MINUTES",
      description =
          "Instead: records go round at the pace of --paced, memory is told every 30 seconds, and"
              + " the exit code says whether it stayed flat.")
  int soakMinutes;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "The node's; broker and worker take the next ones (default: ${DEFAULT-VALUE}).")
  int port = 19181;

  private static final int PACED_SECONDS = 60;
  private final PrintStream out;

  ConnectorBenchmark(PrintStream out) {
    this.out = out;
  }

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new ConnectorBenchmark(System.out)).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    Path home = Path.of(System.getProperty("defradb.home", "")).toAbsolutePath();
    Path folder = Files.createTempDirectory("connector-benchmark");
    say("%d cores; servers in %s", Runtime.getRuntime().availableProcessors(), folder);
    if (soakMinutes > 0) {
      return soak(home, folder);
    }
    SigningRate.Rate signing = SigningRate.measure();
    double ceiling = signing.perSecond() / SigningRate.SIGNATURES_A_DOCUMENT;
    say(
        "the machine signs %,.0f times a second (%.1f us CPU each): %,.0f new documents",
        signing.perSecond(), signing.cpuMicros(), ceiling);
    try (var stack = new Stack(new ServerSettings(home, folder, port, port + 1, port + 3))) {
      stack.start(isUnsigned ? new String[] {"--no-signing"} : new String[0]);
      String brokers = stack.settings().kafkaAddress();
      var sink = new SinkRun(stack, partitions, sinkSettings);
      try (var records = Records.open(SinkRun.TOPIC, partitions, brokers)) {
        records.write(documents, 0);
        double created = fill("sink, new documents", sink, sink::start);
        if (!isUnsigned) {
          say("  %.0f %% of what the machine can sign", 100 * created / ceiling);
        }
        if (isUpdating) {
          sink.pause();
          records.write(documents, 1);
          fill("sink, known documents", sink, sink::resume);
        }
        drainSource(stack, brokers);
        if (paced > 0 && !"commit".equals(sourceSettings.get("output.format"))) {
          lag(stack, records, brokers);
        }
      }
    }
    return 0;
  }

  private int soak(Path home, Path folder) throws InterruptedException {
    try (var stack = new Stack(new ServerSettings(home, folder, port, port + 1, port + 3))) {
      stack.start(isUnsigned ? new String[] {"--no-signing"} : new String[0]);
      String brokers = stack.settings().kafkaAddress();
      try (var records = Records.open(SinkRun.TOPIC, partitions, brokers);
          var topic = Records.open(SourceRun.TOPIC, 1, brokers);
          var events = new EventsProbe(SourceRun.TOPIC, brokers)) {
        var source = new SourceRun(stack, shards, sourceSettings);
        source.prepare();
        source.start();
        new SinkRun(stack, partitions, sinkSettings).start();
        var soak = new Soak(stack, paced, out::println);
        return soak.run(soakMinutes, records, events) ? 0 : 1;
      }
    }
  }

  private double fill(String what, SinkRun sink, Runnable start) throws InterruptedException {
    start.run();
    return report(what, sink.drain(documents));
  }

  private void drainSource(Stack stack, String brokers) throws InterruptedException {
    var source = new SourceRun(stack, shards, sourceSettings);
    source.prepare();
    try (var events = new EventsProbe(SourceRun.TOPIC, brokers)) {
      source.start();
      report("source, filled log", source.drain(events, events()));
      say("  %,d events of %,d documents", events.countNew(), documents);
    }
  }

  private void lag(Stack stack, Records records, String brokers) throws InterruptedException {
    int count = paced * PACED_SECONDS;
    List<EventsProbe.Lag> lags = new ArrayList<>();
    try (var events = new EventsProbe(SourceRun.TOPIC, brokers)) {
      events.skip(events());
      CpuMeter cpu = stack.cpu();
      var producer = new Thread(() -> records.writePaced(documents, count, paced), "paced");
      producer.start();
      while (lags.size() < count) {
        lags.addAll(events.lags());
      }
      producer.join();
      List<EventsProbe.Lag> later = lags.subList(count / 2, count);
      say(
          "record to event at %,d/s: %s; CPU %s",
          paced,
          spread(later.stream().mapToLong(EventsProbe.Lag::ofRecord).sorted().toArray()),
          text(cpu.microsFor(count)));
      long[] ofCommits = later.stream().mapToLong(EventsProbe.Lag::ofCommit).sorted().toArray();
      if (ofCommits[0] >= 0) {
        say("  of that, from commit to event: %s", spread(ofCommits));
      }
    }
  }

  private static String spread(long[] sortedMicros) {
    return String.format(
        Locale.ROOT,
        "p50 %.0f ms, p99 %.0f ms, max %.0f ms",
        sortedMicros[sortedMicros.length / 2] / 1e3,
        sortedMicros[sortedMicros.length * 99 / 100] / 1e3,
        sortedMicros[sortedMicros.length - 1] / 1e3);
  }

  /** One for each transaction of a document. */
  private long events() {
    return isUpdating ? 2L * documents : documents;
  }

  private double report(String what, Samples samples) {
    say(
        "%s: %,.0f/s warm, %,.0f/s from cold; CPU %s",
        what, samples.warmRate(), samples.rate(), text(samples.warmMicros()));
    return samples.warmRate();
  }

  private static String text(Map<String, Double> micros) {
    List<String> parts = new ArrayList<>();
    double total = 0;
    for (Map.Entry<String, Double> part : micros.entrySet()) {
      parts.add(String.format(Locale.ROOT, "%s %.0f", part.getKey(), part.getValue()));
      total += part.getValue();
    }
    return String.format(
        Locale.ROOT, "%s, together %.0f us a record", String.join(", ", parts), total);
  }

  private void say(String format, Object... arguments) {
    out.println(String.format(Locale.ROOT, format, arguments));
  }
}
