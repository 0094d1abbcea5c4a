package io.defradb.db.ingest;

/**
 * A partition of an external source as one sink names it. {@code sink}, {@code topic} and {@code
 * partition} say which stored position is meant; {@code clusterId} and {@code topicId}, empty when
 * the sender does not know them, prove that it is still the same source.
 */
public record SourcePartition(
    String sink, String clusterId, String topic, String topicId, int partition) {

  /** Whether both can be the same source: equal ids, or one side unknown. */
  boolean agreesWith(SourcePartition other) {
    return agree(clusterId, other.clusterId) && agree(topicId, other.topicId);
  }

  private static boolean agree(String one, String other) {
    return one.isEmpty() || other.isEmpty() || one.equals(other);
  }

  /** This, with the ids of {@code known} where this has none. */
  SourcePartition completedBy(SourcePartition known) {
    return new SourcePartition(
        sink,
        clusterId.isEmpty() ? known.clusterId : clusterId,
        topic,
        topicId.isEmpty() ? known.topicId : topicId,
        partition);
  }
}
