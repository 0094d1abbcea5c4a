package io.defradb.quickstart.speed;

import io.defradb.quickstart.server.QuickstartFailure;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Five-field records in a topic: key {@code {"id":…}}, value four more fields, JSON. */
final class Records implements AutoCloseable {
  static final String COLLECTION = "Person";
  static final String SDL =
      "type Person { id: String name: String age: Int score: Float sent: Int }";

  private final String topic;
  private final KafkaProducer<byte[], byte[]> producer;
  private volatile @Nullable Exception failed;

  private Records(String topic, String brokers) {
    this.topic = topic;
    this.producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                brokers,
                ProducerConfig.LINGER_MS_CONFIG,
                5,
                ProducerConfig.BATCH_SIZE_CONFIG,
                128 * 1024),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** Makes the topic. */
  static Records open(String topic, int partitions, String brokers) throws InterruptedException {
    try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, brokers))) {
      admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1))).all().get();
    } catch (ExecutionException e) {
      throw new QuickstartFailure("The topic " + topic + " cannot be made: " + e.getMessage(), e);
    }
    return new Records(topic, brokers);
  }

  /** Sends all at once. {@code life}: changes the values of keys that were sent before. */
  void write(int count, int life) {
    for (int i = 0; i < count; i++) {
      send(i, life, 0);
    }
    producer.flush();
  }

  /** Sends new keys at an even pace; each record says in microseconds when it was sent. */
  void writePaced(int from, int count, int perSecond) {
    writePaced(from, count, perSecond, Integer.MAX_VALUE);
  }

  /** {@code keys}: how many different ones there are before the first comes again. */
  void writePaced(int from, int count, int perSecond, int keys) {
    long began = System.nanoTime();
    for (int i = 0; i < count; i++) {
      long due = began + TimeUnit.SECONDS.toNanos(i) / perSecond;
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      send((from + i) % keys, 0, Clocks.micros());
    }
    producer.flush();
  }

  private void send(int number, int life, long sentMicros) {
    String id = String.format(Locale.ROOT, "person-%08d", number);
    String value =
        "{\"name\":\"Name of "
            + Integer.toString(number * 31 + life, 36)
            + "\",\"age\":"
            + (number + life) % 100
            + ",\"score\":"
            + (number % 1000 + 0.25 + life)
            + ",\"sent\":"
            + sentMicros
            + "}";
    var record = new ProducerRecord<>(topic, bytes("{\"id\":\"" + id + "\"}"), bytes(value));
    var unused =
        producer.send(
            record,
            (metadata, failure) -> {
              if (failure != null) {
                failed = failure;
              }
            });
    Exception failure = failed;
    if (failure != null) {
      throw new QuickstartFailure("The broker refused a record: " + failure.getMessage(), failure);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    producer.close();
  }
}
