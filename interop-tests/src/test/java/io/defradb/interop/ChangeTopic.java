package io.defradb.interop;

import io.defradb.client.ClientSettings;
import io.defradb.client.DefraClient;
import io.defradb.connect.source.DefraSourceTask;
import io.defradb.crypto.KeyType;
import io.defradb.node.DefraNode;
import io.defradb.node.NodeConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.common.metrics.internals.PluginMetricsImpl;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.jspecify.annotations.Nullable;

/**
 * A node, the source connector's task that reads it, and the topic it would write: every record
 * goes through a converter and back, as it would through Kafka.
 */
final class ChangeTopic implements AutoCloseable {
  static final String COLLECTION = "User";
  static final String SCHEMA =
      "type User { name: String age: Int height: Float isHere: Boolean born: DateTime }";

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final DefraNode node;
  private final DefraClient client;
  private final DefraSourceTask task = new DefraSourceTask();
  private final JsonConverter keys = new JsonConverter();
  private final JsonConverter values = new JsonConverter();
  private long offset;

  ChangeTopic(Path folder) throws InterruptedException {
    this(folder, Map.of());
  }

  /** {@code more}: further settings of the connector. */
  ChangeTopic(Path folder, Map<String, String> more) throws InterruptedException {
    node = DefraNode.start(config(folder));
    String url = "http://127.0.0.1:" + node.httpAddress().getPort();
    client = new DefraClient(ClientSettings.anonymous(url));
    client.addSchema(SCHEMA);
    Map<String, String> settings = new HashMap<>(more);
    settings.put("name", "source");
    settings.put("defradb.url", url);
    settings.put("topic.prefix", "defra");
    settings.put("collection.include.list", COLLECTION);
    settings.put("snapshot.mode", "no_data");
    settings.put("poll.interval.ms", "20");
    task.initialize(new Context(settings));
    task.start(settings);
    keys.configure(Map.of("schemas.enable", true), true);
    values.configure(Map.of("schemas.enable", true), false);
    if (task.poll() != null) { // finds out where the feed is: what comes from now on is an event
      throw new AssertionError("events of an empty node");
    }
  }

  /** Runs a mutation; its data. */
  com.fasterxml.jackson.databind.JsonNode mutate(String mutation) throws InterruptedException {
    return client.graphql("mutation { " + mutation + " }", Map.of());
  }

  void addField(String name, String kind) throws InterruptedException {
    client.patchSchema(
        "[{\"op\":\"add\",\"path\":\"/"
            + COLLECTION
            + "/Fields/-\",\"value\":{\"Name\":\""
            + name
            + "\",\"Kind\":\""
            + kind
            + "\"}}]");
  }

  String url() {
    return "http://127.0.0.1:" + node.httpAddress().getPort();
  }

  DefraClient client() {
    return client;
  }

  /** The next {@code count} records, as a sink's task is given them. */
  List<SinkRecord> take(int count) throws InterruptedException {
    List<SinkRecord> taken = new ArrayList<>();
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (taken.size() < count && System.nanoTime() < end) {
      List<SourceRecord> records = task.poll();
      if (records != null) {
        records.forEach(record -> taken.add(delivered(record)));
      }
    }
    if (taken.size() != count) {
      throw new AssertionError(taken.size() + " records, not " + count + ": " + taken);
    }
    return taken;
  }

  private SinkRecord delivered(SourceRecord record) {
    SchemaAndValue key = passed(keys, record.topic(), record.keySchema(), record.key());
    SchemaAndValue value = passed(values, record.topic(), record.valueSchema(), record.value());
    return new SinkRecord(
        record.topic(),
        0,
        key.schema(),
        key.value(),
        value.schema(),
        value.value(),
        offset++,
        record.timestamp(),
        TimestampType.CREATE_TIME,
        record.headers());
  }

  private static SchemaAndValue passed(
      JsonConverter converter,
      String topic,
      org.apache.kafka.connect.data.@Nullable Schema schema,
      @Nullable Object value) {
    return converter.toConnectData(topic, converter.fromConnectData(topic, schema, value));
  }

  static NodeConfig config(Path folder) {
    return new NodeConfig(
        folder,
        new NodeConfig.Api("127.0.0.1", 0, List.of(), null, false),
        new NodeConfig.Store(true, folder.resolve("data"), false, NodeConfig.Durability.OS),
        new NodeConfig.Keys(null, true, KeyType.SECP256K1),
        new NodeConfig.Net(
            true,
            List.of("/ip4/127.0.0.1/tcp/0"),
            List.of(),
            false,
            false,
            false,
            List.of(Duration.ofSeconds(1))),
        new NodeConfig.Acp(false, "none", null),
        5,
        true,
        null);
  }

  @Override
  public void close() {
    task.stop();
    node.close();
  }

  /** A worker that has stored nothing yet. */
  private record Context(Map<String, String> configs) implements SourceTaskContext {
    @Override
    public OffsetStorageReader offsetStorageReader() {
      return new OffsetStorageReader() {
        @Override
        public <T> @Nullable Map<String, Object> offset(Map<String, T> partition) {
          return null;
        }

        @Override
        public <T> Map<Map<String, T>, Map<String, Object>> offsets(
            Collection<Map<String, T>> partitions) {
          return Map.of();
        }
      };
    }

    @Override
    public PluginMetrics pluginMetrics() {
      return new PluginMetricsImpl(new Metrics(), Map.of());
    }
  }
}
