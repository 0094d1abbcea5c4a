package io.defradb.connect.source.signal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * A topic of one partition; records whose key is another source's prefix are for that one. A signal
 * that was not done before a restart is told again. Before the first signal only new ones count.
 */
final class KafkaChannel implements SignalChannel {
  private static final Duration WAIT = Duration.ofMillis(200);

  private final KafkaConsumer<String, String> consumer;
  private final String prefix;
  private final TopicPartition partition;
  private boolean isPlaced;

  KafkaChannel(SignalSettings settings, String reader) {
    this.prefix = settings.prefix();
    Map<String, Object> config = new HashMap<>(settings.consumer());
    config.put("bootstrap.servers", settings.bootstrapServers());
    config.put("group.id", "defradb-signal-" + reader);
    config.put("enable.auto.commit", false);
    config.putIfAbsent("auto.offset.reset", "latest");
    config.putIfAbsent("allow.auto.create.topics", false);
    this.consumer = new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer());
    this.partition = new TopicPartition(settings.topic(), 0);
    consumer.assign(List.of(partition));
  }

  @Override
  public List<String> poll() {
    if (!isPlaced) {
      place();
      isPlaced = true;
    }
    List<String> texts = new ArrayList<>();
    for (ConsumerRecord<String, String> record : consumer.poll(WAIT)) {
      boolean isOurs = record.key() == null || record.key().equals(prefix);
      if (isOurs && record.value() != null) {
        texts.add(record.value());
      }
    }
    return texts;
  }

  /** Notes where it begins: what comes from now on is not lost by a restart before it is done. */
  private void place() {
    if (consumer.committed(Set.of(partition)).get(partition) == null) {
      consumer.commitSync(Map.of(partition, new OffsetAndMetadata(consumer.position(partition))));
    }
  }

  @Override
  public void acknowledge() {
    consumer.commitSync();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
