package io.defradb.connect.source;

import io.defradb.client.DefraClient;
import io.defradb.connect.source.offset.Lane;
import io.defradb.connect.source.offset.LaneOffset;
import io.defradb.error.DefraException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the node from time to time not to forget images after the offsets that Connect has stored.
 * For one thread.
 */
final class FeedHold {
  private static final Logger LOG = LoggerFactory.getLogger(FeedHold.class);
  private static final Duration EVERY = Duration.ofMinutes(1);
  private static final Duration HELD_FOR = Duration.ofDays(7);

  private final String consumer;
  private final DefraClient client;
  private final List<Lane> lanes;
  private final SourceTaskContext context;
  private @Nullable Long renewedAt;

  FeedHold(String consumer, DefraClient client, List<Lane> lanes, SourceTaskContext context) {
    this.consumer = consumer;
    this.client = client;
    this.lanes = lanes;
    this.context = context;
  }

  void renewWhenDue() throws InterruptedException {
    long now = System.nanoTime();
    Long last = renewedAt;
    if (last != null && now - last < EVERY.toNanos()) {
      return;
    }
    renewedAt = now;
    String feedId = "";
    long seq = Long.MAX_VALUE;
    for (Lane lane : lanes) {
      Map<String, Object> stored = context.offsetStorageReader().offset(lane.toPartition());
      if (LaneOffset.parse(stored) instanceof LaneOffset.Streaming offset) {
        feedId = offset.feedId();
        seq = Math.min(seq, offset.seq());
      }
    }
    if (feedId.isEmpty()) {
      return;
    }
    try {
      client.holdChanges(consumer, feedId, seq, HELD_FOR.toSeconds());
    } catch (DefraException e) {
      LOG.warn(
          "The node does not hold its feed for {} at seq {}: {}", consumer, seq, e.getMessage());
    }
  }
}
