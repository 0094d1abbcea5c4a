package io.defradb.iceberg;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.BooleanSupplier;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows one topic and brings its events into a table, each exactly once: it goes on from the
 * table's position. One thread; memory is bounded by the documents of one batch.
 */
final class TableWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TableWriter.class);
  private static final Duration POLL = Duration.ofMillis(200);

  private final UpsertTable table;
  private final String topic;
  private final int documentsMax;
  private final Duration wait;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final ObjectMapper json = new ObjectMapper();

  /**
   * @param documentsMax a snapshot is made when so many documents have changed
   * @param wait or when so much time has gone by since the last
   */
  TableWriter(String brokers, String topic, UpsertTable table, int documentsMax, Duration wait) {
    this.table = table;
    this.topic = topic;
    this.documentsMax = documentsMax;
    this.wait = wait;
    this.consumer =
        new KafkaConsumer<>(
            settings(brokers), new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Writes while {@code isWanted}, and at its end what is still gathered. */
  void run(BooleanSupplier isWanted) throws IOException {
    while (isWanted.getAsBoolean()) {
      commit(gather(isWanted, Map.of()));
    }
  }

  /** Writes what the topic holds now, and ends. */
  void runOnce() throws IOException {
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions());
    boolean isBehind = true;
    while (isBehind) {
      commit(gather(() -> true, ends));
      isBehind = !hasReached(ends);
    }
  }

  /** {@code ends}: the batch is whole when these are reached; empty: they do not matter. */
  private Batch gather(BooleanSupplier isWanted, Map<TopicPartition, Long> ends) {
    long end = System.nanoTime() + wait.toNanos();
    Position start = table.position();
    var batch = new Batch(start);
    List<TopicPartition> partitions = partitions();
    consumer.assign(partitions);
    for (TopicPartition partition : partitions) {
      Long next = start.offsets().get(partition.partition());
      if (next == null) {
        consumer.seekToBeginning(List.of(partition));
      } else {
        consumer.seek(partition, next);
      }
    }
    while (isWanted.getAsBoolean()
        && System.nanoTime() < end
        && batch.changes().size() < documentsMax
        && (ends.isEmpty() || !hasReached(ends))) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        batch.add(record.partition(), record.offset(), Change.of(record, json));
      }
    }
    return batch;
  }

  /** By the consumer's position: markers of transactions are offsets without a record. */
  private boolean hasReached(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  private void commit(Batch batch) throws IOException {
    if (batch.changes().isEmpty()) {
      return;
    }
    try {
      table.stage(batch).commit();
    } catch (ValidationException e) {
      throw new TableException("Another writer has written the table meanwhile", e);
    }
    LOG.info("{}: {} documents, up to {}", topic, batch.changes().size(), batch.end().offsets());
  }

  private List<TopicPartition> partitions() {
    return consumer.partitionsFor(topic).stream()
        .map(partition -> new TopicPartition(topic, partition.partition()))
        .toList();
  }

  private static Properties settings(String brokers) {
    var settings = new Properties();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, brokers);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    // A position that is gone from the topic must be seen: rows would be missing without a word.
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    return settings;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
