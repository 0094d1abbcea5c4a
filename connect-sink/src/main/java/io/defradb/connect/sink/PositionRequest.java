package io.defradb.connect.sink;

import io.defradb.connect.sink.settings.SinkSettings;
import io.defradb.connect.sink.write.Batch;
import io.defradb.connect.sink.write.IngestRoute;
import io.defradb.connect.sink.write.IngestRoute.StoredPosition;
import io.defradb.connect.sink.write.Partition;
import io.defradb.connect.sink.write.TopicIdentity;
import io.defradb.error.DefraException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.jspecify.annotations.Nullable;

/**
 * Offsets that an operator wants to set. The node's position decides where a sink goes on, so it is
 * moved with them: forward always, back only where the settings say that records may be applied a
 * second time. A reset alone leaves it: what the node has is passed over.
 */
final class PositionRequest {
  private static final long NOTHING_STORED = -1;

  private final SinkSettings settings;
  private final IngestRoute route;

  PositionRequest(SinkSettings settings, IngestRoute route) {
    this.settings = settings;
    this.route = route;
  }

  /** {@code offsets}: the next to deliver; {@code null} for a reset. Refused whole or done. */
  void apply(Map<TopicPartition, @Nullable Long> offsets) {
    try {
      Map<Partition, Long> stored = new HashMap<>();
      for (StoredPosition position : route.positions(settings.sink()).stored()) {
        stored.put(position.partition(), position.offset());
      }
      for (Map.Entry<TopicPartition, @Nullable Long> wanted : offsets.entrySet()) {
        check(wanted.getKey(), wanted.getValue(), stored(stored, wanted.getKey()));
      }
      for (Map.Entry<TopicPartition, @Nullable Long> wanted : offsets.entrySet()) {
        move(partition(wanted.getKey()), wanted.getValue(), stored(stored, wanted.getKey()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConnectException("interrupted", e);
    } catch (DefraException e) {
      throw new ConnectException("The node's positions cannot be moved: " + e.getMessage(), e);
    }
  }

  private void check(TopicPartition partition, @Nullable Long wanted, long stored) {
    if (wanted != null && wanted <= stored && !settings.isPositionAdopted()) {
      throw new ConnectException(
          "The offset "
              + wanted
              + " of "
              + partition
              + " is refused: the node has applied everything up to "
              + stored
              + ", and would count increments twice. Set defradb.position.adopt=true if that is"
              + " what you want.");
    }
  }

  private void move(Partition partition, @Nullable Long wanted, long stored)
      throws InterruptedException {
    boolean isBack = wanted == null || wanted <= stored;
    if (isBack && settings.isPositionAdopted()) {
      route.forget(settings.sink(), partition);
    }
    boolean isLeft = isBack && !settings.isPositionAdopted();
    if (!isLeft && wanted != null && wanted > 0 && wanted != stored + 1) {
      route.send(
          new Batch(
              settings.sink(),
              partition,
              TopicIdentity.UNKNOWN,
              false,
              settings.match(),
              List.of(),
              wanted - 1,
              "",
              ""));
    }
  }

  private static long stored(Map<Partition, Long> stored, TopicPartition partition) {
    return stored.getOrDefault(partition(partition), NOTHING_STORED);
  }

  private static Partition partition(TopicPartition partition) {
    return new Partition(partition.topic(), partition.partition());
  }
}
