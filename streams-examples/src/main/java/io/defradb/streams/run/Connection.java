package io.defradb.streams.run;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.LogAndContinueExceptionHandler;
import org.apache.kafka.streams.errors.LogAndContinueProcessingExceptionHandler;
import picocli.CommandLine.Option;

/** The options that all examples share: where Kafka is, and how the application behaves there. */
public final class Connection {
  @Option(
      names = "--bootstrap",
      paramLabel = "HOST:PORT",
      required = true,
      description = "A broker of the cluster, or several, separated by commas.")
  String bootstrap = "";

  @Option(
      names = "--application-id",
      paramLabel = "ID",
      description =
          "Names state, offsets and internal topics; instances of one ID share the work (default:"
              + " defradb-<example>).")
  String applicationId = "";

  @Option(
      names = "--state-dir",
      paramLabel = "DIR",
      description = "Where state is kept; rebuilt from Kafka when lost (default: the system's).")
  Path stateFolder = Path.of(System.getProperty("java.io.tmpdir"), "defradb-streams");

  @Option(
      names = "--dead-letters",
      paramLabel = "TOPIC",
      description =
          "Gets records that cannot be read, with the reason in headers; without it such a record"
              + " ends the program.")
  String deadLetters = "";

  @Option(
      names = "--replication",
      paramLabel = "N",
      description =
          "Replicas of internal topics; -1 is the broker's own setting (default:"
              + " ${DEFAULT-VALUE}).")
  int replication = -1;

  @Option(
      names = {"-s", "--setting"},
      paramLabel = "KEY=VALUE",
      description =
          "Any further setting of Kafka Streams, security too; the last word. May come again.")
  Map<String, String> more = new LinkedHashMap<>();

  /** Exactly once, from the first record on. {@code example}: names the application by default. */
  public Properties settings(String example) {
    var settings = new Properties();
    String id = applicationId.isEmpty() ? "defradb-" + example : applicationId;
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, id);
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
    settings.put(StreamsConfig.STATE_DIR_CONFIG, stateFolder.toString());
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, replication);
    settings.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
    if (!deadLetters.isEmpty()) {
      settings.put(StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG, deadLetters);
      settings.put(
          StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG,
          LogAndContinueExceptionHandler.class);
      settings.put(
          StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG,
          LogAndContinueProcessingExceptionHandler.class);
    }
    settings.putAll(more);
    return settings;
  }
}
