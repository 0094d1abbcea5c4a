package io.defradb.streams.latest;

import io.defradb.streams.run.Connection;
import io.defradb.streams.run.RunningExample;
import java.net.InetSocketAddress;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
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

  @Option(
      names = "--topic",
      required = true,
      description = "A collection's change events, output.format=envelope.")
  private String events = "";

  @Option(
      names = "--table",
      description = "Gets the documents as they are now; compact it (default: <topic>.table).")
  private String table = "";

  @Option(
      names = "--host",
      description =
          "Where other instances reach this one; also what it listens on (default:"
              + " ${DEFAULT-VALUE}).")
  private String host = "127.0.0.1";

  @Option(names = "--port", description = "The HTTP port (default: ${DEFAULT-VALUE}).")
  private int port = 7070;

  @Override
  public Integer call() throws Exception {
    Properties settings = connection.settings("latest-state");
    settings.put(StreamsConfig.APPLICATION_SERVER_CONFIG, host + ":" + port);
    String target = table.isEmpty() ? events + ".table" : table;
    var streams = new KafkaStreams(LatestState.topology(events, target), settings);
    var server =
        new LatestStateServer(
            new InetSocketAddress(host, port), new DocumentQueries(streams, host, port));
    server.start();
    return RunningExample.await(streams, server);
  }
}
