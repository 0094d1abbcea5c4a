package io.defradb.quickstart;

import io.defradb.quickstart.chart.RunMeter;
import io.defradb.quickstart.server.ProcessIdentity;
import io.defradb.quickstart.server.QuickstartFailure;
import io.defradb.quickstart.server.ServerSettings;
import io.defradb.quickstart.server.Servers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command: parses options, runs one of the two ways, and cleans up whatever happens. */
@Command(
    name = "quickstart",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Starts a DefraDB node, a Kafka broker and a Connect worker with both connectors,",
      "and moves a real data set through them: Kafka -> documents -> change events."
    })
public final class Quickstart implements Callable<Integer> {
  private static final Duration EVENT_WAIT = Duration.ofMillis(500);
  private static final int LAKE_EDGES = 2;

  /** A column of the lake gets the type that the event's schema says. */
  private static final Map<String, String> LAKE_SOURCE =
      Map.of(
          "value.converter",
          "org.apache.kafka.connect.json.JsonConverter",
          "value.converter.schemas.enable",
          "true");

  @Parameters(
      arity = "0..1",
      paramLabel = "[lake]",
      hideParamSyntax = true,
      description = {
        "lake: two edges and a hub, whose events become Parquet files with SQL over them. With",
        "--check the lake's rows must equal every node's collection after all that can part",
        "them, and throughput and lag are drawn: lake-run.svg."
      })
  String more = "";

  @Option(
      names = "--check",
      description = "Assert every figure, with a crash in between; exit 0 or 1.")
  boolean isChecked;

  @Option(
      names = "--peers",
      description = {
        "Two nodes: records enter the first (edge), replicate to the second (hub), and leave",
        "from there; each port that follows is the hub's. With --check they are parted meanwhile."
      })
  boolean hasPeers;

  @Option(
      names = "--resume",
      description = "Go on with the data of the last run instead of a clean start.")
  boolean isResumed;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "Where data and logs go (default: .quickstart in the checkout).")
  Path folder = home().resolve(".quickstart");

  @Option(
      names = "--node-port",
      paramLabel = "N",
      description = "The node's HTTP port (default: ${DEFAULT-VALUE}).")
  int nodePort = 9181;

  @Option(
      names = "--kafka-port",
      paramLabel = "N",
      description =
          "The broker's port; the next one is its controller's (default: ${DEFAULT-VALUE}).")
  int kafkaPort = 9092;

  @Option(
      names = "--connect-port",
      paramLabel = "N",
      description = "The Connect worker's port (default: ${DEFAULT-VALUE}).")
  int connectPort = 8083;

  @Option(
      names = "--p2p-port",
      paramLabel = "N",
      description = "Where the edge is reached by peers (default: ${DEFAULT-VALUE}).")
  int p2pPort = 9171;

  private final Terminal terminal;
  private final Interruption interruption;

  Quickstart(Terminal terminal, Interruption interruption) {
    this.terminal = terminal;
    this.interruption = interruption;
  }

  @SuppressWarnings("SystemConsoleNull") // asked for the old way: -Djdk.console=java.base
  public static void main(String[] arguments) {
    var terminal = new Terminal(System.out, System.console() != null);
    var interruption = new Interruption();
    var command =
        new CommandLine(new Quickstart(terminal, interruption))
            .setExecutionExceptionHandler(
                (failure, line, result) -> {
                  if (!interruption.hasCome()) {
                    System.err.println("Error: " + sentence(failure));
                  }
                  return 1;
                });
    int code = command.execute(arguments);
    interruption.leave();
    System.exit(code);
  }

  @Override
  public Integer call() throws Exception {
    Path data = folder.toAbsolutePath().normalize();
    boolean isLake = more.equals("lake");
    if (!isLake && !more.isEmpty()) {
      throw new QuickstartFailure("'" + more + "' is nothing to run: 'lake' is.");
    }
    int edges = isLake ? LAKE_EDGES : hasPeers ? 1 : 0;
    var settings =
        new ServerSettings(home(), data, edges, nodePort, kafkaPort, connectPort, p2pPort);
    if (isChecked && isResumed) {
      throw new QuickstartFailure("--check counts from zero: it cannot go with --resume.");
    }
    try (var own = RunFolder.take(data)) {
      ProcessIdentity.stopLeftovers(data);
      own.requireSpace();
      new Servers(settings).requireFreePorts();
      if (!isResumed) {
        own.empty();
      }
      return isLake ? runLake(settings) : run(settings);
    }
  }

  private int runLake(ServerSettings settings) throws Exception {
    var bridge = new Bridge(settings, terminal, LAKE_SOURCE);
    var lake = new LakeServer(settings);
    start(
        settings,
        bridge,
        () -> {
          lake.close();
          bridge.close();
        });
    lake.start();
    try (var events = new EventsTopic(settings.kafkaAddress())) {
      var run = new DataRun(settings, bridge, terminal, events);
      if (isChecked) {
        return checkLake(settings, run, bridge, lake) ? 0 : 1;
      }
      terminal.line(
          "The lake is %s; ask it:%n  streams-examples/run lake sql --dir %s"
              + " 'SELECT state, count(*) FROM Airport GROUP BY ALL ORDER BY 2 DESC LIMIT 5'",
          lake.folder(), lake.folder());
      show(settings, bridge, run, events, Airports.read());
      return 0;
    }
  }

  /** Leaves a drawing of the run in its folder. */
  private boolean checkLake(ServerSettings settings, DataRun run, Bridge bridge, LakeServer lake)
      throws IOException, InterruptedException {
    Path chart = settings.folder().resolve("lake-run.svg");
    try (var meter =
        new RunMeter(
            settings.kafkaAddress(), Names.RECORDS_TOPIC, Names.EVENTS_TOPIC, Names.LAKE_GROUP)) {
      boolean isRight = new LakeCheckRun(run, bridge, lake, terminal, meter).run(Airports.read());
      Files.writeString(chart, meter.toSvg());
      terminal.line("Throughput and lag of this run: %s", chart);
      return isRight;
    }
  }

  private void start(ServerSettings settings, Bridge bridge, Runnable close)
      throws InterruptedException {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(close), "quickstart-end"));
    terminal.line("Starting (data and logs in %s)", settings.folder());
    bridge.start();
  }

  private int run(ServerSettings settings) throws Exception {
    var bridge = new Bridge(settings, terminal, Map.of());
    start(settings, bridge, bridge::close);
    try (var events = new EventsTopic(settings.kafkaAddress())) {
      var run = new DataRun(settings, bridge, terminal, events);
      List<Airport> airports = Airports.read();
      if (isChecked) {
        boolean isRight =
            hasPeers
                ? new PeersCheckRun(run, bridge, terminal).run(airports)
                : new CheckRun(run, bridge, terminal).run(airports);
        return isRight ? 0 : 1;
      }
      show(settings, bridge, run, events, airports);
      return 0;
    }
  }

  private void show(
      ServerSettings settings,
      Bridge bridge,
      DataRun run,
      EventsTopic events,
      List<Airport> airports)
      throws InterruptedException {
    terminal.line("Loading airports");
    run.write(airports);
    run.awaitDocuments(airports.size());
    run.awaitEvents(airports.size());
    terminal.line("A change event:%n  %s", run.ledger().last().text());
    terminal.line(
        """

        Try:
          bin/defradb client --url %s query '{ Airport(filter: {state: {_eq: "AK"}}, limit: 3) { iata name city } }'
          bin/defradb client --url %s query 'mutation { update_Airport(filter: {iata: {_eq: "SFO"}}, input: {name: "Bay Airport"}) { _docID } }'
          curl %s/api/v0/changes?limit=2
          curl %s/connectors/airports-source/status
          Kafka: %s, topics airports (in) and defradb.Airport (out)
        Every further change event is shown below. Ctrl-C stops everything.""",
        settings.exit().address(),
        settings.entry().address(),
        settings.exit().url(),
        settings.connectUrl(),
        settings.kafkaAddress());
    if (settings.hasPeers()) {
      terminal.line(
          "The %s is %s; how far it has told the hub: bin/defradb client --url %s p2p status",
          settings.entry().name(), settings.entry().address(), settings.entry().address());
    }
    while (true) {
      for (ChangeEvent event : events.read(EVENT_WAIT)) {
        terminal.line("  %s", event.text());
      }
      bridge.requireAlive();
    }
  }

  /** First what uses the servers, then the servers. */
  private void end(Runnable close) {
    boolean isInterrupted = interruption.end();
    if (isInterrupted) {
      terminal.line("\nStopping all servers");
    }
    close.run();
    if (isInterrupted) {
      terminal.line("Stopped. Go on from here with --resume.");
    }
  }

  private static Path home() {
    return Path.of(System.getProperty("defradb.home", "")).toAbsolutePath();
  }

  private static String sentence(Exception failure) {
    String message = failure.getMessage();
    return message == null ? failure.toString() : message;
  }
}
