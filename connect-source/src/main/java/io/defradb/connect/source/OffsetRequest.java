package io.defradb.connect.source;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.connect.source.offset.Lane;
import io.defradb.connect.source.offset.LaneOffset;
import io.defradb.connect.source.settings.SourceSettings;
import java.time.Clock;
import java.util.Map;
import org.apache.kafka.connect.errors.ConnectException;

/**
 * Offsets that an operator wants to set: accepted when a task could go on from them, else refused
 * with the reason.
 */
final class OffsetRequest {
  private OffsetRequest() {}

  static void check(SourceSettings settings, Map<Map<String, ?>, Map<String, ?>> offsets) {
    try {
      JsonNode feed = settings.node().client(Clock.systemUTC()).changesInfo();
      offsets.forEach((partition, offset) -> check(settings, feed, partition, offset));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConnectException("interrupted", e);
    }
  }

  private static void check(
      SourceSettings settings, JsonNode feed, Map<String, ?> partition, Map<String, ?> wanted) {
    Lane lane;
    LaneOffset offset;
    try {
      lane = Lane.parse(partition);
      offset = LaneOffset.parse(wanted);
    } catch (IllegalArgumentException e) {
      throw new ConnectException(
          "The offset " + wanted + " of " + partition + " is refused: " + e.getMessage(), e);
    }
    if (!lane.source().equals(settings.topicPrefix()) || lane.shards() != settings.shards()) {
      throw new ConnectException(
          "The partition "
              + partition
              + " is refused: this connector is source "
              + settings.topicPrefix()
              + " with "
              + settings.shards()
              + " shards");
    }
    if (offset == null) {
      return; // a reset
    }
    String feedId = feed.path("feedId").asText();
    if (!offset.feedId().equals(feedId)) {
      throw new ConnectException(
          "The offset " + wanted + " is refused: the node's feed is " + feedId);
    }
    long newest = feed.path("newestSeq").asLong();
    if (offset instanceof LaneOffset.Streaming streaming && streaming.seq() > newest) {
      throw new ConnectException(
          "The offset " + wanted + " is refused: the feed ends at seq " + newest);
    }
    long oldest = feed.path("oldestSeq").asLong();
    if (offset instanceof LaneOffset.Streaming streaming && streaming.seq() + 1 < oldest) {
      throw new ConnectException(
          "The offset " + wanted + " is refused: the feed begins at seq " + oldest);
    }
  }
}
