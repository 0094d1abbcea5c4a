package io.defradb.streams.latest;

import io.defradb.streams.ask.AskOptions;
import io.defradb.streams.ask.AskedTable;
import io.defradb.streams.events.DocumentTable;
import io.defradb.streams.run.Connection;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs {@link LatestState} and its queries over HTTP. */
@Command(
    name = "latest-state",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "A table that equals the collection, asked over HTTP.",
      "GET /documents/<docID>, /documents?from=&to=&limit=, /count.",
      "Of several instances of one application ID any answers for all."
    })
public final class LatestStateCommand implements Callable<Integer> {
  @Mixin private final Connection connection = new Connection();
  @Mixin private final AskOptions asking = new AskOptions(7070);

  @Option(
      names = "--topic",
      required = true,
      description = "A collection's change events, output.format=envelope.")
  private String events = "";

  @Option(
      names = "--table",
      description = "Gets the documents as they are now; compact it (default: <topic>.table).")
  private String table = "";

  @Override
  public Integer call() throws Exception {
    String target = table.isEmpty() ? events + ".table" : table;
    var documents =
        new AskedTable(LatestState.STORE, "documents", "_docID", DocumentTable::document);
    return asking.await(
        LatestState.topology(events, target), connection.settings("latest-state"), documents);
  }
}
