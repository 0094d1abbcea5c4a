package io.defradb.system.simulation;

import io.defradb.connect.sink.DefraSinkTask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;

/**
 * One task of the sink and what a worker does around it: polls, delivers, delivers again what the
 * task asks for, commits. For one thread.
 */
final class SinkMember {
  private final SimulatedTopic topic;
  private final Set<String> deadLetters;
  private final Map<String, String> settings;
  private final Random random;
  private final Map<TopicPartition, Long> positions = new HashMap<>();
  private final Set<TopicPartition> paused = new HashSet<>();
  private final Map<TopicPartition, Long> rewinds = new HashMap<>();
  private List<SinkRecord> undelivered = List.of();
  private DefraSinkTask task;

  /** {@code deadLetters}: shared by all tasks, filled with {@code partition:offset}. */
  SinkMember(
      SimulatedTopic topic, Map<String, String> settings, Set<String> deadLetters, Random random) {
    this.topic = topic;
    this.settings = settings;
    this.deadLetters = deadLetters;
    this.random = random;
    this.task = begin();
  }

  private DefraSinkTask begin() {
    var started = new DefraSinkTask();
    started.initialize(new Context());
    started.start(settings);
    return started;
  }

  /** A rebalance: other partitions than before, each from where the group has committed. */
  void assign(Set<Integer> numbers) {
    if (!positions.isEmpty()) {
      commit();
      task.close(List.copyOf(positions.keySet()));
    }
    forget();
    for (int number : numbers) {
      positions.put(new TopicPartition(topic.name(), number), topic.committed(number));
    }
    task.open(List.copyOf(positions.keySet()));
  }

  /** kill -9: nothing is committed, and what was sent may still arrive. */
  void kill(Set<Integer> numbers) {
    DefraSinkTask killed = task;
    var funeral = new Thread(killed::stop, "killed-sink-task");
    funeral.setDaemon(true);
    funeral.start();
    forget();
    task = begin();
    assign(numbers);
  }

  private void forget() {
    positions.clear();
    paused.clear();
    rewinds.clear();
    undelivered = List.of();
  }

  /** One turn of the worker's loop. */
  void turn() {
    positions.putAll(rewinds);
    rewinds.clear();
    if (undelivered.isEmpty()) {
      undelivered = poll();
    }
    try {
      task.put(undelivered);
      undelivered = List.of();
    } catch (RetriableException e) {
      // the same delivery comes again at the next turn
    }
  }

  private List<SinkRecord> poll() {
    List<SinkRecord> records = new ArrayList<>();
    for (TopicPartition partition : List.copyOf(positions.keySet())) {
      if (!paused.contains(partition)) {
        int number = partition.partition();
        long from = positions.getOrDefault(partition, 0L);
        long to = Math.min(topic.entries(number).size(), from + random.nextInt(12));
        for (long offset = from; offset < to; offset++) {
          records.add(topic.record(number, offset));
        }
        positions.put(partition, Math.max(from, to));
      }
    }
    return records;
  }

  void commit() {
    Map<TopicPartition, OffsetAndMetadata> delivered = new HashMap<>();
    positions.forEach((partition, at) -> delivered.put(partition, new OffsetAndMetadata(at)));
    for (int i = undelivered.size() - 1; i >= 0; i--) { // what was not taken is not delivered yet
      SinkRecord record = undelivered.get(i);
      delivered.put(
          new TopicPartition(record.topic(), record.kafkaPartition()),
          new OffsetAndMetadata(record.kafkaOffset()));
    }
    task.preCommit(delivered)
        .forEach((partition, offset) -> topic.commit(partition.partition(), offset.offset()));
  }

  void stop() {
    task.stop();
  }

  private final class Context implements SinkTaskContext {
    @Override
    public Map<String, String> configs() {
      return settings;
    }

    @Override
    public void offset(Map<TopicPartition, Long> offsets) {
      offsets.forEach(this::offset);
    }

    @Override
    public void offset(TopicPartition partition, long offset) {
      rewinds.put(partition, offset);
    }

    @Override
    public void timeout(long millis) {}

    @Override
    public Set<TopicPartition> assignment() {
      return Set.copyOf(positions.keySet());
    }

    @Override
    public void pause(TopicPartition... partitions) {
      paused.addAll(Arrays.asList(partitions));
    }

    @Override
    public void resume(TopicPartition... partitions) {
      paused.removeAll(Arrays.asList(partitions));
    }

    @Override
    public void requestCommit() {}

    @Override
    public ErrantRecordReporter errantRecordReporter() {
      return (record, error) -> {
        deadLetters.add(record.originalKafkaPartition() + ":" + record.originalKafkaOffset());
        return CompletableFuture.completedFuture(null);
      };
    }

    @Override
    public PluginMetrics pluginMetrics() {
      return new NoMetrics();
    }
  }
}
