package io.defradb.streams.evolve;

import io.defradb.streams.run.Connection;
import io.defradb.streams.run.RunningExample;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs {@link Materialisation}. */
@Command(
    name = "materialisation",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Rows of one shape from documents of every version of their collection.",
      "Added fields are null in older rows, renamed ones are found under their older names."
    })
public final class MaterialisationCommand implements Callable<Integer> {
  @Mixin private final Connection connection = new Connection();

  @Option(
      names = "--topic",
      required = true,
      description = "A collection's change events, output.format=envelope.")
  private String events = "";

  @Option(
      names = "--column",
      paramLabel = "NAME[:TYPE][=OLDER|OLDEST]",
      required = true,
      description =
          "A column of the rows: any, string, int, float or boolean. Comes again for each column.")
  private List<String> columns = new ArrayList<>();

  @Option(names = "--rows", description = "Gets the rows; compact it (default: <topic>.rows).")
  private String rows = "";

  @Override
  public Integer call() throws Exception {
    String target = rows.isEmpty() ? events + ".rows" : rows;
    List<Column> shape = columns.stream().map(Column::parse).toList();
    var topology = Materialisation.topology(events, target, shape);
    return RunningExample.await(topology, connection.settings("materialisation"));
  }
}
