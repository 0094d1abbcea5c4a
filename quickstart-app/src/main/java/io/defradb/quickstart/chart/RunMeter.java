package io.defradb.quickstart.chart;

import io.defradb.quickstart.server.QuickstartFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Samples a run that begins with empty topics twice a second, as a reader of them. A thread of its
 * own; what it has seen is safe to read from any.
 */
public final class RunMeter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunMeter.class);
  private static final Duration STEP = Duration.ofMillis(500);
  private static final Duration POLL = Duration.ofMillis(20);
  private static final Duration STOP_WAIT = Duration.ofSeconds(10);

  private final String brokers;
  private final String inTopic;
  private final String outTopic;
  private final String lakeGroup;
  private final List<RunSample> samples = new CopyOnWriteArrayList<>();
  private final List<RunPhase> phases = new CopyOnWriteArrayList<>();
  private final long began = System.nanoTime();
  private final Thread thread = new Thread(this::run, "run-meter");
  private volatile boolean isWanted = true;

  public RunMeter(String brokers, String inTopic, String outTopic, String lakeGroup) {
    this.brokers = brokers;
    this.inTopic = inTopic;
    this.outTopic = outTopic;
    this.lakeGroup = lakeGroup;
    samples.add(new RunSample(0, 0, 0, 0, -1, -1));
    thread.setDaemon(true);
    thread.start();
  }

  /** From now on the run does something else. */
  public void enter(String phase) {
    phases.add(new RunPhase(seconds(), phase));
  }

  /** The drawing of what was seen until now. */
  public String toSvg() {
    return new RunChart(samples, phases).toSvg();
  }

  private double seconds() {
    return (System.nanoTime() - began) / 1e9;
  }

  private void run() {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            brokers,
            "isolation.level",
            "read_committed",
            "auto.offset.reset",
            "earliest",
            "allow.auto.create.topics",
            false);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers));
        var consumer =
            new KafkaConsumer<>(
                settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      while (isWanted) {
        sample(admin, consumer);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | RuntimeException e) {
      LOG.warn("The run is measured no further: {}", e.getMessage());
    }
  }

  private void sample(Admin admin, KafkaConsumer<byte[], byte[]> consumer)
      throws ExecutionException, InterruptedException {
    List<TopicPartition> out = partitions(consumer, outTopic);
    if (!consumer.assignment().containsAll(out)) {
      consumer.assign(out);
    }
    long end = System.nanoTime() + STEP.toNanos();
    List<Long> lags = new ArrayList<>();
    while (System.nanoTime() < end) {
      if (out.isEmpty()) {
        Thread.sleep(POLL.toMillis());
        continue;
      }
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        lags.add(Math.max(0, System.currentTimeMillis() - record.timestamp()));
      }
    }
    long[] sorted = lags.stream().mapToLong(Long::longValue).sorted().toArray();
    samples.add(
        new RunSample(
            seconds(),
            endOffsets(admin, partitions(consumer, inTopic)),
            out.stream().mapToLong(consumer::position).sum(),
            lakePosition(admin),
            sorted.length == 0 ? -1 : sorted[sorted.length / 2],
            sorted.length == 0 ? -1 : sorted[sorted.length - 1]));
  }

  private static List<TopicPartition> partitions(
      KafkaConsumer<byte[], byte[]> consumer, String topic) {
    return consumer.partitionsFor(topic).stream()
        .map(info -> new TopicPartition(topic, info.partition()))
        .toList();
  }

  private static long endOffsets(Admin admin, List<TopicPartition> partitions)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    partitions.forEach(partition -> latest.put(partition, OffsetSpec.latest()));
    return admin.listOffsets(latest).all().get().values().stream()
        .mapToLong(ListOffsetsResultInfo::offset)
        .sum();
  }

  private long lakePosition(Admin admin) throws ExecutionException, InterruptedException {
    return admin
        .listConsumerGroupOffsets(lakeGroup)
        .partitionsToOffsetAndMetadata()
        .get()
        .entrySet()
        .stream()
        .filter(entry -> entry.getKey().topic().equals(outTopic) && entry.getValue() != null)
        .mapToLong(entry -> entry.getValue().offset())
        .sum();
  }

  @Override
  public void close() {
    isWanted = false;
    try {
      thread.join(STOP_WAIT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new QuickstartFailure("The meter was not waited for", e);
    }
  }
}
