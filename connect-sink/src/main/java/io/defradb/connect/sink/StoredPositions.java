package io.defradb.connect.sink;

import io.defradb.connect.sink.settings.SinkSettings;
import io.defradb.connect.sink.settings.SinkSettings.NodeChange;
import io.defradb.connect.sink.write.IngestRoute;
import io.defradb.connect.sink.write.IngestRoute.StoredPosition;
import io.defradb.connect.sink.write.KnownPosition;
import io.defradb.connect.sink.write.Partition;
import io.defradb.connect.sink.write.TopicIdentity;
import io.defradb.error.DefraException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.jspecify.annotations.Nullable;

/** What the node has of partitions, held against what the cluster says of their topics. */
final class StoredPositions {
  private final SinkSettings settings;
  private final IngestRoute route;
  private final TopicIdentities identities;

  StoredPositions(SinkSettings settings, IngestRoute route, TopicIdentities identities) {
    this.settings = settings;
    this.route = route;
    this.identities = identities;
  }

  /**
   * An answer for each of {@code partitions}.
   *
   * @throws org.apache.kafka.connect.errors.RetriableException node or cluster give none now
   * @throws ConnectException a position is of another cluster or topic
   */
  Map<Partition, KnownPosition> of(Collection<TopicPartition> partitions) {
    Map<Partition, StoredPosition> stored = new HashMap<>();
    try {
      IngestRoute.Positions answer = route.positions(settings.sink());
      for (StoredPosition position : answer.stored()) {
        stored.put(position.partition(), position);
      }
      Map<Partition, KnownPosition> known = new HashMap<>();
      for (TopicPartition assigned : partitions) {
        var partition = new Partition(assigned.topic(), assigned.partition());
        known.put(
            partition,
            known(stored.get(partition), identities.of(assigned.topic()), answer.feedId()));
      }
      return known;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConnectException("interrupted", e);
    } catch (DefraException e) {
      throw StartedSink.unreachable(e);
    }
  }

  private KnownPosition known(
      @Nullable StoredPosition position, TopicIdentity identity, String feedId)
      throws InterruptedException {
    if (position == null) {
      return settings.nodeChange() == NodeChange.REPLAY
          ? KnownPosition.from(identity, feedId, 0)
          : KnownPosition.none(identity, feedId);
    }
    if (!agrees(position.clusterId(), identity.clusterId())
        || !agrees(position.topicId(), identity.topicId())) {
      return adopted(position, identity, feedId);
    }
    boolean isProven = !position.topicId().isEmpty() && !identity.topicId().isEmpty();
    return KnownPosition.stored(
        identity, feedId, position.offset(), isProven ? "" : position.digest());
  }

  /** Another cluster's or topic's position is refused with both shown, or given up. */
  private KnownPosition adopted(StoredPosition position, TopicIdentity identity, String feedId)
      throws InterruptedException {
    if (!settings.isPositionAdopted()) {
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
    route.forget(settings.sink(), position.partition());
    return KnownPosition.from(identity, feedId, 0);
  }

  private static boolean agrees(String stored, String given) {
    return stored.isEmpty() || given.isEmpty() || stored.equals(given);
  }
}
