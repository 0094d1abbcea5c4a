package io.defradb.quickstart;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.defradb.quickstart.server.QuickstartFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads the source connector's events from the beginning, committed ones only. */
final class EventsTopic implements AutoCloseable {
  private final ObjectMapper json = new ObjectMapper();
  private final KafkaConsumer<String, String> consumer;

  EventsTopic(String brokers) {
    consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                brokers,
                ConsumerConfig.GROUP_ID_CONFIG,
                "quickstart-" + UUID.randomUUID(),
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.METADATA_MAX_AGE_CONFIG,
                1000,
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed"),
            new StringDeserializer(),
            new StringDeserializer());
    consumer.subscribe(Set.of(Names.EVENTS_TOPIC));
  }

  /** What has arrived since the last call, in order; waits at most {@code wait} for the first. */
  List<ChangeEvent> read(Duration wait) {
    List<ChangeEvent> events = new ArrayList<>();
    for (ConsumerRecord<String, String> record : consumer.poll(wait)) {
      if (record.value() != null) {
        events.add(parse(record));
      }
    }
    return events;
  }

  private ChangeEvent parse(ConsumerRecord<String, String> record) {
    try {
      return ChangeEvent.parse(
          json.readTree(record.key()), json.readTree(record.value()), record.value());
    } catch (JsonProcessingException e) {
      throw new QuickstartFailure("An event is not JSON: " + record.value(), e);
    }
  }

  @Override
  public void close() {
    Farewell.say(consumer::close);
  }
}
