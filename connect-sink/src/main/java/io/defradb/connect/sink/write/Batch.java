package io.defradb.connect.sink.write;

import java.util.List;

/**
 * Records of one partition, in order, for one transaction of the node.
 *
 * @param match how business keys find documents: {@code key} or {@code index}
 * @param upTo the position once it is stored: at least the last record's offset
 * @param digest of the record at the position
 * @param feedId of the node that the position was asked of; empty: whichever answers
 */
public record Batch(
    String sink,
    Partition partition,
    TopicIdentity identity,
    boolean isAdopted,
    String match,
    List<Pending> records,
    long upTo,
    String digest,
    String feedId) {
  public Batch {
    records = List.copyOf(records);
  }

  /** When the last record was written; -1 when it does not say. */
  long newestMillis() {
    Long written = records.get(records.size() - 1).record().timestamp();
    return written == null ? -1 : written;
  }

  /** The first records alone. */
  Batch first(List<Pending> records) {
    Pending last = records.get(records.size() - 1);
    return new Batch(
        sink,
        partition,
        identity,
        isAdopted,
        match,
        records,
        last.offset(),
        RecordDigest.of(last.record()),
        feedId);
  }
}
