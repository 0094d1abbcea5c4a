package io.defradb.system.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A topic as a test writes and reads it: JSON keys and values. */
final class Topic implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int REQUEST_BYTES_MAX = 20 * 1024 * 1024;

  /** What comes within it after the last that is awaited would be one too many. */
  private static final Duration QUIET = Duration.ofMillis(500);

  private final String brokers;
  private final String name;
  private final KafkaProducer<String, String> producer;
  private final AtomicReference<Exception> failure = new AtomicReference<>();

  Topic(House house, String name) {
    this.brokers = house.settings.kafkaAddress();
    this.name = name;
    this.producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                brokers,
                "delivery.timeout.ms",
                120_000,
                "max.request.size",
                REQUEST_BYTES_MAX,
                "metadata.recovery.strategy", // what is written while the broker is away waits
                "none"),
            new StringSerializer(),
            new StringSerializer());
  }

  static Topic create(House house, String name, int partitions) throws Exception {
    return create(house, name, partitions, String.valueOf(1024 * 1024));
  }

  /** {@code messageBytesMax}: of one record. */
  static Topic create(House house, String name, int partitions, String messageBytesMax)
      throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", house.settings.kafkaAddress()))) {
      admin
          .createTopics(
              List.of(
                  new NewTopic(name, partitions, (short) 1)
                      .configs(Map.of("max.message.bytes", messageBytesMax))))
          .all()
          .get(120, TimeUnit.SECONDS);
    }
    return new Topic(house, name);
  }

  String name() {
    return name;
  }

  /** {@code value}: {@code null} for a tombstone. */
  void write(String key, String value) {
    var unused =
        producer.send(
            new ProducerRecord<>(name, key, value),
            (metadata, cause) -> {
              if (cause != null) {
                failure.compareAndSet(null, cause);
              }
            });
  }

  /** Throws when a record could not be written. */
  void flush() {
    producer.flush();
    Exception cause = failure.get();
    if (cause != null) {
      throw new IllegalStateException("a record was not written", cause);
    }
  }

  /**
   * Every committed record from the beginning, once {@code count} of them are there or time is up.
   */
  List<Event> read(int count, Duration patience) throws Exception {
    List<Event> events = new ArrayList<>();
    try (var consumer =
        new KafkaConsumer<>(
            Map.<String, Object>of(
                "bootstrap.servers",
                brokers,
                "group.id",
                UUID.randomUUID().toString(),
                "auto.offset.reset",
                "earliest",
                "isolation.level",
                "read_committed",
                "metadata.max.age.ms",
                500,
                "allow.auto.create.topics",
                false),
            new StringDeserializer(),
            new StringDeserializer())) {
      consumer.subscribe(List.of(name));
      long end = System.nanoTime() + patience.toNanos();
      long quietUntil = Long.MAX_VALUE;
      while (System.nanoTime() < Math.min(end, quietUntil)) {
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
          events.add(
              new Event(
                  JSON.readTree(record.key()),
                  record.value() == null ? null : JSON.readTree(record.value())));
        }
        if (events.size() >= count && quietUntil == Long.MAX_VALUE) {
          quietUntil = System.nanoTime() + QUIET.toNanos(); // one too many would show itself
        }
      }
    }
    return events;
  }

  /** A dead letter's headers. */
  record Letter(Map<String, String> headers) {}

  /** Every record's headers from the beginning, once {@code count} are there or time is up. */
  List<Letter> letters(int count, Duration patience) {
    List<Letter> letters = new ArrayList<>();
    try (var consumer =
        new KafkaConsumer<>(
            Map.<String, Object>of(
                "bootstrap.servers",
                brokers,
                "group.id",
                UUID.randomUUID().toString(),
                "auto.offset.reset",
                "earliest"),
            new StringDeserializer(),
            new StringDeserializer())) {
      consumer.subscribe(List.of(name));
      long end = System.nanoTime() + patience.toNanos();
      while (letters.size() < count && System.nanoTime() < end) {
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
          Map<String, String> headers = new TreeMap<>();
          record
              .headers()
              .forEach(
                  header ->
                      headers.put(
                          header.key(),
                          header.value() == null
                              ? ""
                              : new String(header.value(), StandardCharsets.UTF_8)));
          letters.add(new Letter(headers));
        }
      }
    }
    return letters;
  }

  record Event(JsonNode key, JsonNode value) {
    String op() {
      return value == null ? "tombstone" : value.path("op").asText();
    }

    String docId() {
      return key.path("docID").asText();
    }

    JsonNode after() {
      return value.path("after");
    }
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
  }
}
