package io.defradb.iceberg;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.SnapshotUtil;

/**
 * How far a table has come. It stands in the summary of the snapshot that holds the rows, so that
 * neither can be there without the other.
 *
 * @param offsets the next one of each partition of the topic
 * @param feed whose changes the table holds; empty: nobody's yet
 * @param pastFeeds of the node before it began anew; what is still told of them is passed over
 */
record Position(Map<Integer, Long> offsets, String feed, Set<String> pastFeeds) {
  static final Position START = new Position(Map.of(), "", Set.of());

  /** The summary's property. */
  static final String PROPERTY = "defradb.position";

  private static final ObjectMapper JSON = new ObjectMapper();

  Position {
    offsets = Map.copyOf(offsets);
    pastFeeds = Set.copyOf(pastFeeds);
  }

  static Position of(Table table) {
    return of(SnapshotUtil.currentAncestors(table));
  }

  /**
   * Of the newest snapshot that has one: compactions and the like make snapshots without.
   *
   * @param snapshots the newest first
   */
  static Position of(Iterable<Snapshot> snapshots) {
    boolean isEmpty = true;
    for (Snapshot snapshot : snapshots) {
      String text = snapshot.summary().get(PROPERTY);
      if (text != null) {
        return parse(text);
      }
      isEmpty = false;
    }
    if (!isEmpty) {
      throw new TableException(
          "The table has snapshots, but none tells how far its topic was read: its history has"
              + " expired, or somebody else made it",
          null);
    }
    return START;
  }

  private static Position parse(String text) {
    try {
      return JSON.readValue(text, Position.class);
    } catch (JsonProcessingException e) {
      throw new TableException("The table's position cannot be read: " + text, e);
    }
  }

  @Override
  public String toString() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new TableException("The table's position cannot be written", e);
    }
  }
}
