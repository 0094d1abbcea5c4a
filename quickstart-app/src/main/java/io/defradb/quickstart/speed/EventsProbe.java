package io.defradb.quickstart.speed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.defradb.quickstart.server.QuickstartFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Looks at the source's topic, committed events only. One partition. */
final class EventsProbe implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);

  private final ObjectMapper json = new ObjectMapper();
  private final TopicPartition partition;
  private final KafkaConsumer<byte[], byte[]> consumer;

  EventsProbe(String topic, String brokers) {
    partition = new TopicPartition(topic, 0);
    consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                brokers,
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                5000,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    consumer.assign(List.of(partition));
  }

  /** How far committed events reach; marks of transactions count too, a few in a thousand. */
  long end() {
    return consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
  }

  /** Exactly how many events there are after the place reached so far. */
  long countNew() {
    long end = end();
    long count = 0;
    while (consumer.position(partition) < end) {
      count += consumer.poll(POLL).count();
    }
    return count;
  }

  /** Waits until {@code count} events have been seen, and goes on behind them. */
  void skip(long count) {
    for (long seen = 0; seen < count; ) {
      seen += consumer.poll(POLL).count();
    }
  }

  /**
   * How long an event was under way, in microseconds.
   *
   * @param ofRecord from the sending of the record to the event's arrival here
   * @param ofCommit from the node's commit to the same; -1 when the event does not tell of it
   */
  record Lag(long ofRecord, long ofCommit) {}

  /** The lags of the events that arrive now, in any format but that of commits. */
  List<Lag> lags() {
    List<Lag> lags = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> event : consumer.poll(POLL)) {
      long now = Clocks.micros();
      JsonNode value = parse(event.value());
      JsonNode document = value.path("after").isObject() ? value.path("after") : value;
      if (!document.path("sent").isIntegralNumber()) {
        throw new QuickstartFailure("An event does not say when its record was sent: " + value);
      }
      JsonNode committed = value.path("source").path("ts_us");
      lags.add(
          new Lag(
              now - document.path("sent").asLong(),
              committed.isIntegralNumber() ? now - committed.asLong() : -1));
    }
    return lags;
  }

  private JsonNode parse(byte[] value) {
    try {
      return json.readTree(value);
    } catch (IOException e) {
      throw new QuickstartFailure("An event is not JSON", e);
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
