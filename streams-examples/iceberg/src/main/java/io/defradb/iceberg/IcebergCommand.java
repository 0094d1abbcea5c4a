package io.defradb.iceberg;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.hadoop.HadoopCatalog;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command line: write the table, and read it. */
@Command(
    name = "iceberg",
    mixinStandardHelpOptions = true,
    description =
        "A collection as an Iceberg table, from the change events of a DefraDB source connector.",
    subcommands = {IcebergCommand.Write.class, IcebergCommand.Documents.class})
public final class IcebergCommand {

  public static void main(String[] arguments) {
    var command =
        new CommandLine(new IcebergCommand())
            .setExecutionExceptionHandler(
                (failure, line, result) -> {
                  line.getErr().println("Error: " + failure.getMessage());
                  return 1;
                });
    System.exit(command.execute(arguments));
  }

  /** Which table. */
  static final class Place {
    @Option(
        names = "--warehouse",
        required = true,
        description = "The catalog's folder; other programs open it as a Hadoop catalog.")
    Path warehouse = Path.of("");

    @Option(names = "--table", required = true, description = "The table, for example lake.users.")
    String table = "";

    HadoopCatalog catalog() {
      return new HadoopCatalog(
          new Configuration(), warehouse.toAbsolutePath().normalize().toUri().toString());
    }

    UpsertTable open(HadoopCatalog catalog) {
      return UpsertTable.open(catalog, TableIdentifier.parse(table));
    }
  }

  /** Follows a topic until it is stopped. */
  @Command(
      name = "write",
      mixinStandardHelpOptions = true,
      description = "Follow a topic; its table equals the collection.")
  static final class Write implements Callable<Integer> {
    @Mixin Place place = new Place();

    @Option(names = "--brokers", required = true, description = "Kafka's address, host:port.")
    String brokers = "";

    @Option(names = "--topic", required = true, description = "The collection's topic.")
    String topic = "";

    @Option(
        names = "--seconds",
        description = "A snapshot at least so often (default: ${DEFAULT-VALUE}).")
    int seconds = 30;

    @Option(
        names = "--documents",
        description = "A snapshot for so many changed documents (default: ${DEFAULT-VALUE}).")
    int documents = 100_000;

    @Option(names = "--once", description = "End when what the topic holds now is written.")
    boolean isOnce;

    @Override
    public Integer call() throws IOException {
      var isWanted = new AtomicBoolean(true);
      var ended = new CountDownLatch(1);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(isWanted, ended), "iceberg-end"));
      try (HadoopCatalog catalog = place.catalog();
          var writer =
              new TableWriter(
                  brokers, topic, place.open(catalog), documents, Duration.ofSeconds(seconds))) {
        if (isOnce) {
          writer.runOnce();
        } else {
          writer.run(isWanted::get);
        }
      } finally {
        ended.countDown();
      }
      return 0;
    }

    private static void end(AtomicBoolean isWanted, CountDownLatch ended) {
      isWanted.set(false);
      try {
        ended.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** The table's rows. */
  @Command(
      name = "documents",
      mixinStandardHelpOptions = true,
      description = "Print the documents as they are now, a JSON object a line.")
  static final class Documents implements Callable<Integer> {
    @CommandLine.Spec CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Mixin Place place = new Place();

    @Override
    public Integer call() throws IOException {
      try (HadoopCatalog catalog = place.catalog()) {
        for (ObjectNode document : place.open(catalog).documents(new ObjectMapper())) {
          spec.commandLine().getOut().println(document);
        }
      }
      return 0;
    }
  }
}
