package io.defradb.connect.sink.write;

import java.util.List;

/**
 * Records of one partition, in order, for one transaction of the node.
 *
 * @param match how business keys find documents: {@code key} or {@code index}
 * @param upTo the position once it is stored: at least the last record's offset
 */
public record Batch(
    String sink,
    Partition partition,
    TopicIdentity identity,
    boolean isAdopted,
    String match,
    List<Pending> records,
    long upTo) {
  public Batch {
    records = List.copyOf(records);
  }

  Batch with(List<Pending> fewer) {
    return with(fewer, upTo);
  }

  Batch with(List<Pending> fewer, long newUpTo) {
    return new Batch(sink, partition, identity, isAdopted, match, fewer, newUpTo);
  }
}
