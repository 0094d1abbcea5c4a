package io.defradb.lake;

import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command line: write the lake, and ask it. */
@Command(
    name = "lake",
    mixinStandardHelpOptions = true,
    description =
        "Change events of a DefraDB source connector as Parquet files, and SQL over them.",
    subcommands = {LakeCommand.Write.class, LakeCommand.Ask.class, LakeCommand.Documents.class})
public final class LakeCommand {

  public static void main(String[] arguments) {
    var command =
        new CommandLine(new LakeCommand())
            .setExecutionExceptionHandler(
                (failure, line, result) -> {
                  line.getErr().println("Error: " + failure.getMessage());
                  return 1;
                });
    System.exit(command.execute(arguments));
  }

  /** Follows topics until it is stopped. */
  @Command(
      name = "write",
      mixinStandardHelpOptions = true,
      description = "Follow the topics of a prefix and write their events as Parquet files.")
  static final class Write implements Callable<Integer> {
    @Option(names = "--brokers", required = true, description = "Kafka's address, host:port.")
    String brokers = "";

    @Option(names = "--dir", required = true, description = "The lake's folder.")
    Path folder = Path.of("");

    @Option(
        names = "--prefix",
        description = "The source's topic.prefix (default: ${DEFAULT-VALUE}).")
    String prefix = "defradb";

    @Option(
        names = "--rows",
        description = "Rows of a partition that make a file (default: ${DEFAULT-VALUE}).")
    long rows = 1_000_000;

    @Option(
        names = "--seconds",
        description = "Seconds after which a file is made of fewer (default: ${DEFAULT-VALUE}).")
    long seconds = 60;

    @Override
    public Integer call() throws Exception {
      var isWanted = new AtomicBoolean(true);
      var ended = new CountDownLatch(1);
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    isWanted.set(false);
                    try {
                      ended.await();
                    } catch (InterruptedException e) {
                      Thread.currentThread().interrupt();
                    }
                  },
                  "lake-end"));
      try (Connection duck = Lake.memory();
          var writer =
              new LakeWriter(brokers, folder, prefix, rows, Duration.ofSeconds(seconds), duck)) {
        writer.run(isWanted::get);
      } finally {
        ended.countDown();
      }
      return 0;
    }
  }

  /** One statement, its rows separated by tabs. */
  @Command(
      name = "sql",
      mixinStandardHelpOptions = true,
      description =
          "Answer one statement: a view for each collection, and <collection>_changes for its"
              + " history.")
  static final class Ask implements Callable<Integer> {
    @CommandLine.Spec CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Option(names = "--dir", required = true, description = "The lake's folder.")
    Path folder = Path.of("");

    @Parameters(paramLabel = "SQL", description = "DuckDB's SQL.")
    String sql = "";

    @Override
    public Integer call() throws Exception {
      try (Lake lake = Lake.open(folder)) {
        for (List<String> row : lake.query(sql)) {
          spec.commandLine().getOut().println(String.join("\t", row));
        }
      }
      return 0;
    }
  }

  /** A collection's documents as they are now. */
  @Command(
      name = "documents",
      mixinStandardHelpOptions = true,
      description = "Print a collection's documents as they are now, a JSON object a line.")
  static final class Documents implements Callable<Integer> {
    @CommandLine.Spec CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Option(names = "--dir", required = true, description = "The lake's folder.")
    Path folder = Path.of("");

    @Parameters(paramLabel = "COLLECTION", description = "Its name.")
    String collection = "";

    @Override
    public Integer call() throws Exception {
      try (Lake lake = Lake.open(folder)) {
        lake.documents(collection).forEach(spec.commandLine().getOut()::println);
      }
      return 0;
    }
  }
}
