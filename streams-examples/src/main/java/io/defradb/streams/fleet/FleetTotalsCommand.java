package io.defradb.streams.fleet;

import io.defradb.streams.ask.AskOptions;
import io.defradb.streams.ask.AskedTable;
import io.defradb.streams.run.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs {@link FleetTotals}. */
@Command(
    name = "fleet-totals",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Sums of counters over all live documents, by a field: trips and km by region.",
      "A kill of any instance at any moment leaves the sums exact.",
      "With --port: GET /totals/<group>, /totals?from=&to=&limit=, /count."
    })
public final class FleetTotalsCommand implements Callable<Integer> {
  @Mixin private final Connection connection = new Connection();
  @Mixin private final AskOptions asking = new AskOptions(0);

  @Option(
      names = "--topic",
      required = true,
      description = "A collection's change events, output.format=envelope.")
  private String events = "";

  @Option(
      names = "--by",
      paramLabel = "FIELD",
      required = true,
      description = "The field that groups, such as region.")
  private String group = "";

  @Option(
      names = "--sum",
      paramLabel = "FIELD",
      split = ",",
      required = true,
      description = "The counters, separated by commas.")
  private List<String> counters = new ArrayList<>();

  @Option(
      names = "--totals",
      description = "Gets a row a group, read_committed; compact it (default: <topic>.totals).")
  private String totals = "";

  @Override
  public Integer call() throws Exception {
    String target = totals.isEmpty() ? events + ".totals" : totals;
    var topology = FleetTotals.topology(events, target, group, counters);
    var sums = new AskedTable(FleetTotals.STORE, "totals", "group", row -> row);
    return asking.await(topology, connection.settings("fleet-totals"), sums);
  }
}
