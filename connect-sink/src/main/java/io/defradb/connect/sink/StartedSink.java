package io.defradb.connect.sink;

import io.defradb.connect.sink.dlq.DeadLetters;
import io.defradb.connect.sink.mapping.CollectionShape;
import io.defradb.connect.sink.mapping.RecordMapper;
import io.defradb.connect.sink.mapping.UnmappableRecord;
import io.defradb.connect.sink.settings.SinkSettings;
import io.defradb.connect.sink.write.IngestRoute;
import io.defradb.connect.sink.write.Partition;
import io.defradb.connect.sink.write.PartitionWriters;
import io.defradb.connect.sink.write.Pending;
import io.defradb.connect.sink.write.TopicIdentity;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;

/** The running half of the task: whole or absent, every field final. For the task's thread. */
final class StartedSink implements AutoCloseable {
  private final SinkSettings settings;
  private final SinkTaskContext context;
  private final DeadLetters deadLetters;
  private final IngestRoute route;
  private final TopicIdentities identities;
  private final PartitionWriters writers;
  private final RecordMapper mapper;
  private final Map<String, CollectionShape> shapes = new HashMap<>();
  private final Set<TopicPartition> paused = new HashSet<>();

  private StartedSink(
      SinkSettings settings, SinkTaskContext context, DeadLetters deadLetters, IngestRoute route) {
    this.settings = settings;
    this.context = context;
    this.deadLetters = deadLetters;
    this.route = route;
    this.identities = new TopicIdentities(settings.adminClient());
    this.writers = new PartitionWriters(settings, route, deadLetters);
    this.mapper = new RecordMapper(settings, this::shape);
  }

  static StartedSink start(
      SinkSettings settings, SinkTaskContext context, DeadLetters deadLetters) {
    return new StartedSink(settings, context, deadLetters, ClientIngestRoute.open(settings));
  }

  /** Reads what the node has of these partitions, and asks Connect to deliver from there. */
  void open(Collection<TopicPartition> partitions) {
    Map<Partition, IngestRoute.StoredPosition> stored = new HashMap<>();
    try {
      for (var position : route.positions(settings.sink())) {
        stored.put(position.partition(), position);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConnectException("interrupted", e);
    } catch (DefraException e) {
      throw unreachable(e);
    }
    for (TopicPartition assigned : partitions) {
      var partition = new Partition(assigned.topic(), assigned.partition());
      TopicIdentity identity = identities.of(assigned.topic());
      IngestRoute.StoredPosition position = stored.get(partition);
      if (position == null || !isSame(position, identity)) {
        writers.open(partition, identity, -1);
      } else {
        writers.open(partition, identity, position.offset());
        context.offset(assigned, position.offset() + 1);
      }
    }
  }

  /**
   * A stored position of another cluster or topic is refused with both shown, or passed over when
   * adopted.
   */
  private boolean isSame(IngestRoute.StoredPosition position, TopicIdentity identity) {
    boolean isSame =
        agrees(position.clusterId(), identity.clusterId())
            && agrees(position.topicId(), identity.topicId());
    if (!isSame && !settings.isPositionAdopted()) {
      throw new ConnectException(
          "The node's position for "
              + position.partition()
              + " is of cluster '"
              + position.clusterId()
              + "', topic id '"
              + position.topicId()
              + "', but the records are of cluster '"
              + identity.clusterId()
              + "', topic id '"
              + identity.topicId()
              + "'. If they are to be taken from their beginning, set defradb.position.adopt=true.");
    }
    return isSame;
  }

  private static boolean agrees(String stored, String given) {
    return stored.isEmpty() || given.isEmpty() || stored.equals(given);
  }

  void close(Collection<TopicPartition> partitions) {
    partitions.forEach(closed -> writers.close(new Partition(closed.topic(), closed.partition())));
    paused.removeAll(partitions);
  }

  void put(Collection<SinkRecord> records) {
    for (SinkRecord record : records) {
      var partition = new Partition(record.originalTopic(), record.originalKafkaPartition());
      writers.add(partition, pending(record));
    }
    writers.requireHealthy();
    writers.flush();
    steer();
  }

  private Pending pending(SinkRecord record) {
    try {
      return new Pending(record, mapper.map(record).orElse(null));
    } catch (UnmappableRecord e) {
      deadLetters.report(record, e);
      return new Pending(record, null);
    }
  }

  /** Back-pressure: pauses delivery while enough waits. */
  private void steer() {
    if (paused.isEmpty() && writers.isFull()) {
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

  private static final long PAUSED_POLL_MILLIS = 50;

  /** The last offset stored by partition, once every dead letter before it is stored too. */
  Map<TopicPartition, Long> stored() {
    Map<TopicPartition, Long> stored = new HashMap<>();
    writers
        .stored()
        .forEach(
            (partition, offset) ->
                stored.put(new TopicPartition(partition.topic(), partition.number()), offset));
    deadLetters.awaitStored();
    return stored;
  }

  private CollectionShape shape(String collection) {
    CollectionShape known = shapes.get(collection);
    if (known != null) {
      return known;
    }
    try {
      CollectionShape shape = CollectionShape.parse(route.schema(collection));
      shapes.put(collection, shape);
      return shape;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConnectException("interrupted", e);
    } catch (DefraException e) {
      throw unreachable(e);
    }
  }

  private static ConnectException unreachable(DefraException e) {
    return e.code().category() == ErrorCode.Category.RETRY
        ? new RetriableException(e.getMessage(), e)
        : new ConnectException(e.getMessage(), e);
  }

  @Override
  public void close() {
    writers.close();
    identities.close();
    route.close();
  }
}
