package io.defradb.lake;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the topics of a prefix and writes their events into the lake, each exactly once: it goes
 * on from the offsets in the files' names. Kafka gets the offsets too, for whoever watches the lag.
 * One thread; memory is bounded by one poll.
 */
final class LakeWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LakeWriter.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration LOOK_FOR_TOPICS = Duration.ofSeconds(5);

  private final Path folder;
  private final String prefix;
  private final long rowsMax;
  private final Duration wait;
  private final Connection duck;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final ObjectMapper json = new ObjectMapper();
  private final Map<TopicPartition, Changelog> changelogs = new HashMap<>();
  private long lookedAt = Long.MIN_VALUE;

  /**
   * @param prefix of the topics, without its dot
   * @param rowsMax a file is made when so many rows are gathered in its partition
   * @param wait or when so much time has gone by since the last files
   */
  LakeWriter(
      String brokers, Path folder, String prefix, long rowsMax, Duration wait, Connection duck) {
    this.folder = folder;
    this.prefix = prefix + ".";
    this.rowsMax = rowsMax;
    this.wait = wait;
    this.duck = duck;
    this.consumer =
        new KafkaConsumer<>(
            settings(brokers), new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Writes while {@code isWanted}, and at its end what is still gathered. */
  void run(BooleanSupplier isWanted) throws IOException, SQLException, InterruptedException {
    long finishedAt = System.nanoTime();
    while (isWanted.getAsBoolean()) {
      lookForTopics();
      if (changelogs.isEmpty()) {
        Thread.sleep(POLL.toMillis()); // a consumer without partitions cannot be polled
        continue;
      }
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        Changelog changelog = changelog(new TopicPartition(record.topic(), record.partition()));
        changelog.add(record.offset(), Change.of(record, json));
        if (changelog.waiting() >= rowsMax) {
          changelog.finish();
        }
      }
      if (System.nanoTime() - finishedAt >= wait.toNanos()) {
        finish();
        finishedAt = System.nanoTime();
      }
    }
    finish();
  }

  private void finish() throws IOException, SQLException {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    for (var entry : changelogs.entrySet()) {
      Changelog changelog = entry.getValue();
      long rows = changelog.waiting();
      changelog.finish();
      if (rows > 0) {
        LOG.info("{}: {} rows, up to offset {}", entry.getKey(), rows, changelog.next() - 1);
        offsets.put(entry.getKey(), new OffsetAndMetadata(changelog.next()));
      }
    }
    if (!offsets.isEmpty()) {
      consumer.commitAsync(offsets, null);
    }
  }

  private void lookForTopics() throws IOException {
    long now = System.nanoTime();
    if (lookedAt != Long.MIN_VALUE && now - lookedAt < LOOK_FOR_TOPICS.toNanos()) {
      return;
    }
    lookedAt = now;
    List<TopicPartition> found = new ArrayList<>();
    for (List<PartitionInfo> partitions : consumer.listTopics().values()) {
      for (PartitionInfo partition : partitions) {
        var key = new TopicPartition(partition.topic(), partition.partition());
        if (partition.topic().startsWith(prefix) && !changelogs.containsKey(key)) {
          found.add(key);
        }
      }
    }
    if (found.isEmpty()) {
      return;
    }
    for (TopicPartition partition : found) {
      Path place =
          folder
              .resolve(partition.topic().substring(prefix.length()))
              .resolve("partition=" + partition.partition());
      changelogs.put(partition, new Changelog(place, duck, json));
    }
    consumer.assign(changelogs.keySet());
    for (TopicPartition partition : found) {
      long next = changelog(partition).next();
      if (next == 0) {
        consumer.seekToBeginning(List.of(partition));
      } else {
        consumer.seek(partition, next);
      }
    }
  }

  private Changelog changelog(TopicPartition partition) {
    return Objects.requireNonNull(changelogs.get(partition), "only what is assigned is read");
  }

  private static Properties settings(String brokers) {
    var settings = new Properties();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, brokers);
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, "defradb-lake");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    // A position that is gone from the topic must be seen: rows would be missing without a word.
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
    return settings;
  }

  @Override
  public void close() throws IOException {
    consumer.close();
    for (Changelog changelog : changelogs.values()) {
      changelog.close();
    }
  }
}
