package io.defradb.streams.conflict;

import io.defradb.streams.run.Connection;
import io.defradb.streams.run.RunningExample;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs {@link ConflictAudit}. */
@Command(
    name = "conflict-audit",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Who overwrote whom: an event for each value lost to a concurrent edit.",
      "Authors are named as signatures prove them; pairs of them are counted by time."
    })
public final class ConflictAuditCommand implements Callable<Integer> {
  @Mixin private final Connection connection = new Connection();

  @Option(
      names = "--topic",
      required = true,
      description = "A collection's commits, output.format=commit.")
  private String commits = "";

  @Option(
      names = "--conflicts",
      description = "Gets the conflicts, by DocID (default: <topic>.conflicts).")
  private String conflicts = "";

  @Option(
      names = "--pairs",
      description = "Gets the counts, by winner>loser (default: <conflicts>.pairs).")
  private String pairs = "";

  @Option(names = "--window", description = "What is counted together (default: ${DEFAULT-VALUE}).")
  private Duration window = Duration.ofHours(1);

  @Override
  public Integer call() throws Exception {
    String found = conflicts.isEmpty() ? commits + ".conflicts" : conflicts;
    String counts = pairs.isEmpty() ? found + ".pairs" : pairs;
    var topology = ConflictAudit.topology(commits, found, counts, window);
    return RunningExample.await(topology, connection.settings("conflict-audit"));
  }
}
