package io.defradb.connect.sink;

import io.defradb.connect.sink.dlq.DeadLetters;
import io.defradb.connect.sink.mapping.RecordMapper;
import io.defradb.connect.sink.mapping.UnmappableRecord;
import io.defradb.connect.sink.settings.SinkSettings;
import io.defradb.connect.sink.write.ForeignRecord;
import io.defradb.connect.sink.write.IngestRoute;
import io.defradb.connect.sink.write.KnownPosition;
import io.defradb.connect.sink.write.Partition;
import io.defradb.connect.sink.write.PartitionWriters;
import io.defradb.connect.sink.write.Pending;
import io.defradb.error.DefraException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running half of the task: whole or absent, every field final. For the task's thread. */
final class StartedSink implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StartedSink.class);
  private static final long PAUSED_POLL_MILLIS = 50;

  private final SinkSettings settings;
  private final SinkTaskContext context;
  private final IngestRoute route;
  private final TopicIdentities identities;
  private final StoredPositions positions;
  private final PartitionWriters writers;
  private final NodeCollections collections;
  private final RecordMapper mapper;
  private final Set<TopicPartition> paused = new HashSet<>();
  private final Set<TopicPartition> unopened = new HashSet<>();
  private long waits;

  private StartedSink(
      SinkSettings settings, SinkTaskContext context, DeadLetters deadLetters, IngestRoute route) {
    this.settings = settings;
    this.context = context;
    this.route = route;
    this.identities = new TopicIdentities(settings.adminClient());
    this.positions = new StoredPositions(settings, route, identities);
    this.writers = new PartitionWriters(settings, route, deadLetters);
    this.collections = new NodeCollections(route, System::nanoTime);
    this.mapper = new RecordMapper(settings, collections);
  }

  static StartedSink start(
      SinkSettings settings, SinkTaskContext context, DeadLetters deadLetters) {
    return new StartedSink(settings, context, deadLetters, ClientIngestRoute.open(settings));
  }

  /** Learns where the node is, now or as soon as it answers; until then nothing is delivered. */
  void open(Collection<TopicPartition> partitions) {
    unopened.addAll(partitions);
    openWaiting();
  }

  private void openWaiting() {
    if (unopened.isEmpty()) {
      return;
    }
    TopicPartition[] waiting = unopened.toArray(TopicPartition[]::new);
    try {
      Map<Partition, KnownPosition> known = positions.of(unopened);
      collections.refreshFeedId();
      for (TopicPartition assigned : waiting) {
        var partition = new Partition(assigned.topic(), assigned.partition());
        open(assigned, known.get(partition));
      }
      unopened.clear();
      waits = 0;
      context.resume(waiting);
    } catch (RetriableException e) {
      if (Long.bitCount(++waits) == 1) { // ever more rarely
        LOG.warn("Delivery waits for the node (try {}): {}", waits, e.getMessage());
      }
      context.pause(waiting);
      context.timeout(settings.retryDelay().toMillis());
    }
  }

  private void open(TopicPartition assigned, @Nullable KnownPosition known) {
    var partition = new Partition(assigned.topic(), assigned.partition());
    if (known == null) {
      throw new IllegalStateException("no answer about " + partition);
    }
    writers.open(partition, known);
    known.deliveredFrom().ifPresent(offset -> context.offset(assigned, offset));
  }

  void close(Collection<TopicPartition> partitions) {
    partitions.forEach(closed -> writers.close(new Partition(closed.topic(), closed.partition())));
    paused.removeAll(partitions);
    unopened.removeAll(partitions);
  }

  /**
   * Takes a delivery in whole or not at all: after a {@code RetriableException} Connect brings it
   * again.
   */
  void put(Collection<SinkRecord> records) {
    writers.requireHealthy();
    openWaiting();
    if (!unopened.isEmpty() && !records.isEmpty()) {
      throw new RetriableException("the node has not told its positions yet");
    }
    List<Pending> delivery = new ArrayList<>(records.size());
    for (SinkRecord record : records) {
      delivery.add(pending(record));
    }
    Set<Partition> begunAnew = new HashSet<>();
    for (Pending pending : delivery) {
      SinkRecord record = pending.record();
      var partition = new Partition(record.originalTopic(), record.originalKafkaPartition());
      if (!begunAnew.contains(partition) && !isAdded(partition, pending)) {
        begunAnew.add(partition);
      }
    }
    writers.flush();
    steer();
  }

  /** False: the partition is another topic's now, and begins anew because the settings say so. */
  private boolean isAdded(Partition partition, Pending pending) {
    try {
      writers.add(partition, pending);
      return true;
    } catch (ForeignRecord e) {
      if (!settings.isPositionAdopted()) {
        throw new ConnectException(
            e.getMessage()
                + ". If its records are to be taken from their beginning, set"
                + " defradb.position.adopt=true.",
            e);
      }
      beginAnew(partition, e);
      return false;
    }
  }

  private void beginAnew(Partition partition, ForeignRecord reason) {
    LOG.warn("Taken from the beginning: {}", reason.getMessage());
    try {
      writers.closeAndAwait(partition);
      writers.requireHealthy();
      route.forget(settings.sink(), partition);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConnectException("interrupted", e);
    } catch (DefraException e) {
      throw new ConnectException(e.getMessage(), e);
    }
    open(
        new TopicPartition(partition.topic(), partition.number()),
        KnownPosition.beginning(identities.of(partition.topic())));
  }

  private Pending pending(SinkRecord record) {
    try {
      return new Pending(record, mapper.map(record).orElse(null));
    } catch (UnmappableRecord e) {
      return new Pending(record, null, e);
    } catch (RetriableException e) {
      context.timeout(settings.retryDelay().toMillis());
      throw e;
    }
  }

  /** Back-pressure: pauses delivery while enough waits, which it does while the node is away. */
  private void steer() {
    if (writers.isFull()) {
      paused.addAll(context.assignment());
      context.pause(paused.toArray(TopicPartition[]::new));
    } else if (!paused.isEmpty() && writers.isDrained()) {
      context.resume(paused.toArray(TopicPartition[]::new));
      paused.clear();
    }
    if (!paused.isEmpty()) {
      context.timeout(PAUSED_POLL_MILLIS);
    }
  }

  /** The last offset stored by partition; every dead letter before it is stored too. */
  Map<TopicPartition, Long> stored() {
    Map<TopicPartition, Long> stored = new HashMap<>();
    writers
        .stored()
        .forEach(
            (partition, offset) ->
                stored.put(new TopicPartition(partition.topic(), partition.number()), offset));
    return stored;
  }

  /** What Connect is told of a node that gives no answer, or not the one that is needed. */
  static ConnectException unreachable(DefraException e) {
    return switch (e.code().category()) {
      case RETRY, INTERNAL -> new RetriableException(e.getMessage(), e);
      case NOT_FOUND, INVALID, REFUSED, GONE, FORBIDDEN, TOO_LARGE ->
          new ConnectException(e.getMessage(), e);
    };
  }

  @Override
  public void close() {
    writers.close();
    identities.close();
    route.close();
  }
}
