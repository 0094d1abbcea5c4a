package io.defradb.connect.sink;

import static java.util.Objects.requireNonNull;

import io.defradb.connect.sink.UnknownPartitions.Verdict;
import io.defradb.connect.sink.dlq.DeadLetters;
import io.defradb.connect.sink.mapping.RecordMapper;
import io.defradb.connect.sink.mapping.UnmappableRecord;
import io.defradb.connect.sink.metrics.SinkMetrics;
import io.defradb.connect.sink.settings.SinkSettings;
import io.defradb.connect.sink.settings.SinkSettings.NodeChange;
import io.defradb.connect.sink.write.ForeignRecord;
import io.defradb.connect.sink.write.IngestRoute;
import io.defradb.connect.sink.write.KnownPosition;
import io.defradb.connect.sink.write.Partition;
import io.defradb.connect.sink.write.PartitionWriters;
import io.defradb.connect.sink.write.Pending;
import io.defradb.error.DefraException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
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
  private final SinkMetrics metrics;
  private final RecordMapper mapper;
  private final Set<TopicPartition> paused = new HashSet<>();
  private final Set<TopicPartition> unopened = new HashSet<>();
  private final UnknownPartitions unknown = new UnknownPartitions();
  private final Set<TopicPartition> sought = new HashSet<>();
  private final Set<TopicPartition> passedOver = new HashSet<>();
  private final Map<TopicPartition, Long> leftAt = new HashMap<>();
  private long waits;

  private StartedSink(
      SinkSettings settings,
      SinkTaskContext context,
      @Nullable ErrantRecordReporter reporter,
      IngestRoute route) {
    this.settings = settings;
    this.context = context;
    this.route = route;
    this.identities = new TopicIdentities(settings.adminClient());
    this.positions = new StoredPositions(settings, route, identities);
    this.metrics =
        new SinkMetrics(settings.sink(), settings.task(), Clock.systemUTC(), System::nanoTime);
    this.writers =
        new PartitionWriters(settings, route, new DeadLetters(reporter, metrics), metrics);
    metrics.waiting(writers::unstored);
    metrics.showIn(context);
    this.collections = new NodeCollections(route, System::nanoTime);
    this.mapper = new RecordMapper(settings, collections);
  }

  static StartedSink start(
      SinkSettings settings, SinkTaskContext context, @Nullable ErrantRecordReporter reporter) {
    return new StartedSink(settings, context, reporter, ClientIngestRoute.open(settings));
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
      for (TopicPartition assigned : waiting) {
        var partition = new Partition(assigned.topic(), assigned.partition());
        open(assigned, known.get(partition));
      }
      unopened.clear();
      waits = 0;
      metrics.connected(true);
      unopenedNoMore(waiting);
    } catch (RetriableException e) {
      if (Long.bitCount(++waits) == 1) { // ever more rarely
        LOG.warn("Delivery waits for the node (try {}): {}", waits, e.getMessage());
      }
      metrics.connected(false);
      context.pause(waiting);
      context.timeout(settings.retryDelay().toMillis());
    }
  }

  private void open(TopicPartition assigned, @Nullable KnownPosition known) {
    var partition = new Partition(assigned.topic(), assigned.partition());
    if (known == null) {
      throw new IllegalStateException("no answer about " + partition);
    }
    KnownPosition begun = leftAt.containsKey(assigned) ? afterChange(assigned, known) : known;
    if (begun.deliveredFrom().isEmpty() && settings.nodeChange() == NodeChange.FAIL) {
      unknown.add(assigned);
      context.requestCommit(); // tells where the group of consumers stands
    }
    collections.feedId(begun.feedId());
    writers.open(partition, begun);
    begun.deliveredFrom().ifPresent(offset -> seek(assigned, offset));
  }

  /** Connect seeks before its next poll; what this one may still bring is from another place. */
  private void seek(TopicPartition assigned, long offset) {
    context.offset(assigned, offset);
    context.pause(assigned);
    sought.add(assigned);
  }

  private void unopenedNoMore(TopicPartition[] opened) {
    List<TopicPartition> resumed = new ArrayList<>(List.of(opened));
    resumed.removeAll(sought);
    context.resume(resumed.toArray(TopicPartition[]::new));
  }

  /** Where to go on at a node that has taken another's place while records flowed. */
  private KnownPosition afterChange(TopicPartition assigned, KnownPosition known) {
    long next = requireNonNull(leftAt.remove(assigned)) + 1;
    if (known.deliveredFrom().isPresent()) {
      return known;
    }
    if (settings.nodeChange() == NodeChange.CONTINUE) {
      return KnownPosition.from(known.identity(), known.feedId(), next);
    }
    unknown.add(assigned, next);
    return KnownPosition.from(known.identity(), known.feedId(), 0);
  }

  void close(Collection<TopicPartition> partitions) {
    partitions.forEach(closed -> writers.close(new Partition(closed.topic(), closed.partition())));
    paused.removeAll(partitions);
    unopened.removeAll(partitions);
    partitions.forEach(unknown::taken);
    passedOver.removeAll(partitions);
    sought.removeAll(partitions);
    leftAt.keySet().removeAll(partitions);
  }

  /**
   * Takes a delivery in whole or not at all: after a {@code RetriableException} Connect brings it
   * again.
   */
  void put(Collection<SinkRecord> records) {
    metrics.putBegun();
    try {
      take(records);
    } finally {
      metrics.putEnded();
    }
  }

  private void take(Collection<SinkRecord> records) {
    writers.requireHealthy();
    writers
        .takeChanged()
        .forEach(
            (partition, stored) ->
                reopen(new TopicPartition(partition.topic(), partition.number()), stored));
    resumeSought();
    openWaiting();
    passedOver.addAll(sought);
    if (!unopened.isEmpty() && !records.isEmpty()) {
      throw new RetriableException("the node has not told its positions yet");
    }
    List<Pending> delivery = new ArrayList<>(records.size());
    Map<TopicPartition, Long> first = new HashMap<>();
    for (SinkRecord record : records) {
      var partition = new TopicPartition(record.originalTopic(), record.originalKafkaPartition());
      Long begun = first.putIfAbsent(partition, record.originalKafkaOffset());
      if (isWanted(partition, begun == null ? record.originalKafkaOffset() : begun)) {
        delivery.add(pending(record));
      }
    }
    passedOver.clear();
    first.forEach(
        (partition, offset) -> {
          if (unknown.judge(partition, offset) == Verdict.REWIND) {
            rewind(partition, offset);
          }
        });
    metrics.taken(delivery.size());
    delivery.forEach(pending -> unknown.taken(pending.partition()));
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

  private void resumeSought() {
    sought.removeAll(paused);
    context.resume(sought.toArray(TopicPartition[]::new));
    sought.clear();
  }

  /** {@code first}: the offset that the partition's delivery begins with. */
  private boolean isWanted(TopicPartition partition, long first) {
    if (passedOver.contains(partition)) {
      return false;
    }
    return switch (unknown.judge(partition, first)) {
      case TAKE -> true;
      case REWIND -> false;
      case REFUSE -> throw anotherNode(partition, first);
    };
  }

  /** {@code stored}: the greatest offset that needed no redelivery to the node before. */
  private void reopen(TopicPartition partition, long stored) {
    unopened.add(partition);
    leftAt.put(partition, stored);
  }

  /** Where the group of consumers stands, as Connect tells with each commit. */
  private void noticePositions(Map<TopicPartition, OffsetAndMetadata> delivered) {
    delivered.forEach(
        (partition, position) -> {
          if (unknown.isToRewind(partition, position.offset())) {
            rewind(partition, position.offset());
          }
        });
  }

  /** Asks for the beginning, to see whether records before {@code offset} are missing here. */
  private void rewind(TopicPartition partition, long offset) {
    unknown.add(partition, offset);
    context.offset(partition, 0);
  }

  private ConnectException anotherNode(TopicPartition partition, long offset) {
    return new ConnectException(
        "The node at "
            + settings.node().url()
            + " (feed "
            + collections.feedId()
            + ") has nothing of "
            + partition
            + ", but this sink had delivered it up to offset "
            + unknown.begun(partition)
            + ", and the topic has records from "
            + offset
            + " on: it is another node than before, or was purged. Set"
            + " defradb.node.change.mode=replay to give it every record that the topic keeps, or"
            + " continue to go on where the other node was left.");
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
        KnownPosition.from(identities.of(partition.topic()), collections.feedId(), 0));
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
    metrics.paused(!paused.isEmpty() || !unopened.isEmpty());
    if (!paused.isEmpty()) {
      context.timeout(PAUSED_POLL_MILLIS);
    }
  }

  /**
   * Where the group of consumers may go on. Behind what is stored there may be records that never
   * came here, because converter or transform failed on them: where nothing waits, they are passed.
   */
  Map<TopicPartition, OffsetAndMetadata> committable(
      Map<TopicPartition, OffsetAndMetadata> delivered) {
    noticePositions(delivered);
    Map<Partition, Long> stored = writers.stored();
    Map<TopicPartition, OffsetAndMetadata> committable = new HashMap<>();
    delivered.forEach(
        (assigned, position) -> {
          var partition = new Partition(assigned.topic(), assigned.partition());
          Long offset = stored.get(partition);
          if (offset != null) {
            boolean isPassed =
                !sought.contains(assigned)
                    && !passedOver.contains(assigned)
                    && writers.isIdle(partition);
            long next = isPassed ? Math.max(offset + 1, position.offset()) : offset + 1;
            committable.put(assigned, new OffsetAndMetadata(next));
          }
        });
    return committable;
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
    metrics.close();
    identities.close();
    route.close();
  }
}
