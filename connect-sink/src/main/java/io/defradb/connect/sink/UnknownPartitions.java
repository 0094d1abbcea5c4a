package io.defradb.connect.sink;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Partitions of which the node has nothing. Either the sink is new to them, or their records went
 * to another node; then delivery goes on further up than the first record that the topic still has,
 * which is seen by asking for the beginning once. For one thread.
 */
final class UnknownPartitions {
  private static final long NOT_DELIVERED = -1;

  private final Map<TopicPartition, Long> begun = new HashMap<>();

  /** What a record tells of its partition. */
  enum Verdict {
    /** Nothing is missing before it. */
    TAKE,
    /** Asks for the partition's beginning, and passes this delivery over. */
    REWIND,
    /** There are records before those that were delivered first: another node has them. */
    REFUSE
  }

  /** Before its first record. */
  void add(TopicPartition partition) {
    begun.put(partition, NOT_DELIVERED);
  }

  /** Delivery had come to {@code offset}, to another node; the beginning is asked for already. */
  void add(TopicPartition partition, long offset) {
    begun.put(partition, offset);
  }

  Verdict judge(TopicPartition partition, long offset) {
    Long before = begun.get(partition);
    if (before == null) {
      return Verdict.TAKE;
    }
    if (before == NOT_DELIVERED) {
      return offset > 0 ? Verdict.REWIND : Verdict.TAKE;
    }
    return offset < before ? Verdict.REFUSE : Verdict.TAKE;
  }

  /** Its records were taken: nothing is unknown of it any more. */
  void taken(TopicPartition partition) {
    begun.remove(partition);
  }

  /** True when delivery is to begin at {@code offset}, and the beginning was not asked for. */
  boolean isToRewind(TopicPartition partition, long offset) {
    return offset > 0 && begun.getOrDefault(partition, 0L) == NOT_DELIVERED;
  }

  /** Where delivery stood when the beginning was asked for. */
  long begun(TopicPartition partition) {
    return begun.getOrDefault(partition, NOT_DELIVERED);
  }
}
