package io.defradb.connect.source.signal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
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

  KafkaChannel(SignalSettings settings, String reader) {
    this.prefix = settings.prefix();
    Map<String, Object> config = new HashMap<>(settings.consumer());
    config.put("bootstrap.servers", settings.bootstrapServers());
    config.put("group.id", "defradb-signal-" + reader);
    config.put("enable.auto.commit", false);
    config.putIfAbsent("auto.offset.reset", "latest");
    config.putIfAbsent("allow.auto.create.topics", false);
    this.consumer = new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer());
    consumer.assign(List.of(new TopicPartition(settings.topic(), 0)));
  }

  @Override
  public List<String> poll() {
    List<String> texts = new ArrayList<>();
    for (ConsumerRecord<String, String> record : consumer.poll(WAIT)) {
      boolean isOurs = record.key() == null || record.key().equals(prefix);
      if (isOurs && record.value() != null) {
        texts.add(record.value());
      }
    }
    return texts;
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
