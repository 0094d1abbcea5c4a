package io.defradb.streams.ask;

import io.defradb.streams.run.RunningExample;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Properties;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.HostInfo;
import picocli.CommandLine.Option;

/** The options of an example that answers questions, and how such a one is run. */
public final class AskOptions {
  @Option(
      names = "--host",
      description =
          "Where other instances reach this one; also what it listens on (default:"
              + " ${DEFAULT-VALUE}).")
  private String host = "127.0.0.1";

  @Option(
      names = "--port",
      description = "The HTTP port; 0: no questions are answered (default: ${DEFAULT-VALUE}).")
  private int port;

  /** {@code defaultPort}: where nobody says another. */
  public AskOptions(int defaultPort) {
    this.port = defaultPort;
  }

  /** Runs until the end, and answers for {@code table} meanwhile; the exit code. */
  public int await(Topology topology, Properties settings, AskedTable table)
      throws InterruptedException, IOException {
    if (port == 0) {
      return RunningExample.await(topology, settings);
    }
    settings.put(StreamsConfig.APPLICATION_SERVER_CONFIG, host + ":" + port);
    var streams = new KafkaStreams(topology, settings);
    var queries = new TableQueries(streams, new HostInfo(host, port), table);
    var server = new TableServer(new InetSocketAddress(host, port), queries, table.path());
    server.start();
    return RunningExample.await(streams, server);
  }
}
