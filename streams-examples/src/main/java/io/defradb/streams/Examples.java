package io.defradb.streams;

import io.defradb.streams.conflict.ConflictAuditCommand;
import io.defradb.streams.enrich.EnrichmentCommand;
import io.defradb.streams.evolve.MaterialisationCommand;
import io.defradb.streams.fleet.FleetTotalsCommand;
import io.defradb.streams.latest.LatestStateCommand;
import io.defradb.streams.run.ShowCommand;
import io.defradb.streams.verify.CommitVerifierCommand;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line: an example a subcommand. */
@Command(
    name = "streams-examples/run",
    mixinStandardHelpOptions = true,
    description = "Kafka Streams applications that read what the DefraDB source connector writes.",
    subcommands = {
      LatestStateCommand.class,
      ConflictAuditCommand.class,
      FleetTotalsCommand.class,
      EnrichmentCommand.class,
      CommitVerifierCommand.class,
      MaterialisationCommand.class,
      ShowCommand.class
    })
public final class Examples {

  public static void main(String[] arguments) {
    // Kafka Streams puts numbers into names of topics as the locale writes digits.
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
    var command =
        new CommandLine(new Examples())
            .setExecutionExceptionHandler(
                (failure, line, result) -> {
                  line.getErr().println("Error: " + failure.getMessage());
                  return 1;
                });
    System.exit(command.execute(arguments));
  }
}
