package io.defradb.streams.verify;

import io.defradb.dag.CommitCheck;
import io.defradb.streams.run.Connection;
import io.defradb.streams.run.RunningExample;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs {@link CommitVerifier}. */
@Command(
    name = "commit-verifier",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Computes every CID, link and signature of commits again, and raises alarms:",
      "for what is forged, for what is missing, and for a deleted document told as alive."
    })
public final class CommitVerifierCommand implements Callable<Integer> {
  @Mixin private final Connection connection = new Connection();

  @Option(
      names = "--topic",
      required = true,
      description = "A collection's commits, output.format=commit.")
  private String commits = "";

  @Option(names = "--alarms", description = "Gets the alarms (default: <topic>.alarms).")
  private String alarms = "";

  @Option(
      names = "--wait",
      description = "How long a followed commit may be missing (default: ${DEFAULT-VALUE}).")
  private Duration wait = Duration.ofMinutes(1);

  @Option(
      names = "--unsigned",
      description = "Take commits that nobody signed: a CID alone proves that bytes are whole.")
  private boolean isUnsignedTaken;

  @Option(
      names = "--signer",
      paramLabel = "DID",
      description = "Who may have signed; may come again (default: anybody).")
  private Set<String> trusted = new LinkedHashSet<>();

  @Override
  public Integer call() throws Exception {
    var check = new CommitCheck(!isUnsignedTaken, trusted);
    String target = alarms.isEmpty() ? commits + ".alarms" : alarms;
    var topology = CommitVerifier.topology(commits, target, check, wait);
    return RunningExample.await(topology, connection.settings("commit-verifier"));
  }
}
