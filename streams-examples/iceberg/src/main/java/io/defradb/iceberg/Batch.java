package io.defradb.iceberg;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a stretch of the topic comes to: of each document the last change, by {@code seq}. A node
 * that began anew tells all its documents again, so the first change of another feed makes those of
 * the feeds before it void.
 */
final class Batch {
  private final Position start;
  private final Map<Integer, Long> offsets;
  private final Set<String> pastFeeds;
  private final Map<String, Change> changes = new LinkedHashMap<>();
  private final Map<String, JsonNode> schemas = new HashMap<>();
  private String feed;

  Batch(Position start) {
    this.start = start;
    this.offsets = new HashMap<>(start.offsets());
    this.pastFeeds = new HashSet<>(start.pastFeeds());
    this.feed = start.feed();
  }

  /** Takes the record at {@code offset}; {@code change} is null when it is a tombstone. */
  void add(int partition, long offset, @Nullable Change change) {
    offsets.put(partition, offset + 1);
    if (change == null || pastFeeds.contains(change.feed())) {
      return;
    }
    if (!change.feed().equals(feed)) {
      if (!feed.isEmpty()) {
        pastFeeds.add(feed);
      }
      feed = change.feed();
      changes.clear();
    }
    schemas.put(change.version(), change.schema());
    changes.merge(
        change.docId(), change, (older, newer) -> newer.seq() < older.seq() ? older : newer);
  }

  /** The last change of each document. */
  Collection<Change> changes() {
    return changes.values();
  }

  /** The documents' schema in each version of the collection that was met. */
  Map<String, JsonNode> schemas() {
    return schemas;
  }

  /** Where the stretch begins. */
  Position start() {
    return start;
  }

  /** Where it ends. */
  Position end() {
    return new Position(offsets, feed, pastFeeds);
  }
}
