package io.defradb.streams.enrich;

import io.defradb.streams.run.Connection;
import io.defradb.streams.run.RunningExample;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs {@link Enrichment}. */
@Command(
    name = "enrichment",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Completes documents with values of another system's topic.",
      "The sink connector takes its output: primary.key.mode=docid, insert.mode=update."
    })
public final class EnrichmentCommand implements Callable<Integer> {
  @Mixin private final Connection connection = new Connection();

  @Option(
      names = "--topic",
      required = true,
      description = "A collection's change events, output.format=envelope.")
  private String events = "";

  @Option(
      names = "--reference",
      required = true,
      description = "The other system's topic: texts as keys, JSON rows, null for what is gone.")
  private String reference = "";

  @Option(
      names = "--on",
      paramLabel = "FIELD",
      required = true,
      description = "The document's field that holds the other topic's key.")
  private String foreignKey = "";

  @Option(
      names = "--copy",
      paramLabel = "FROM=TO",
      split = ",",
      required = true,
      description = "Fields of the row to fields of the document, separated by commas.")
  private Map<String, String> fields = new LinkedHashMap<>();

  @Option(names = "--updates", description = "Gets the updates (default: <topic>.updates).")
  private String updates = "";

  @Override
  public Integer call() throws Exception {
    String target = updates.isEmpty() ? events + ".updates" : updates;
    var topology = Enrichment.topology(events, reference, target, foreignKey, fields);
    return RunningExample.await(topology, connection.settings("enrichment"));
  }
}
