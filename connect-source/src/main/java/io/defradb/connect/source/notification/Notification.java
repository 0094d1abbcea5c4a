package io.defradb.connect.source.notification;

import java.util.Map;

/**
 * One thing that happened to the source.
 *
 * @param id of what it is about: the signal's, or made up
 * @param aggregateType what it is about, such as {@code Initial Snapshot}
 * @param type what happened to it, such as {@code STARTED}
 * @param data more of it, by Debezium's names
 * @param timestamp milliseconds since 1970
 */
public record Notification(
    String id, String aggregateType, String type, Map<String, String> data, long timestamp) {
  public static final String INITIAL_SNAPSHOT = "Initial Snapshot";
  public static final String INCREMENTAL_SNAPSHOT = "Incremental Snapshot";
  public static final String STREAMING = "Streaming";

  public Notification {
    data = Map.copyOf(data);
  }
}
