package io.defradb.connect.sink.write;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** Records of one partition that wait, in order. Guarded by its owner's lock. */
final class PartitionQueue {
  private final Deque<Pending> waiting = new ArrayDeque<>();
  private final Partition partition;
  private final KnownPosition known;
  private long storedOffset;
  private long deliveredOffset;
  private boolean isInFlight;

  PartitionQueue(Partition partition, KnownPosition known) {
    this.partition = partition;
    this.known = known;
    this.storedOffset = known.offset();
    this.deliveredOffset = known.deliveredFrom().orElse(0) - 1;
  }

  Partition partition() {
    return partition;
  }

  TopicIdentity identity() {
    return known.identity();
  }

  String feedId() {
    return known.feedId();
  }

  /**
   * Takes a record in, or knows it as one that the node has.
   *
   * @throws ForeignRecord it is not of the topic that the position is of
   */
  void add(Pending pending) {
    long offset = pending.offset();
    if (offset <= deliveredOffset) {
      throw new ForeignRecord(
          "offsets went back: the topic was made anew or cut off",
          Map.of("Partition", partition, "After", deliveredOffset, "Offset", offset));
    }
    if (offset == known.offset()) {
      String delivered = RecordDigest.of(pending.record());
      if (!RecordDigest.agree(known.digest(), delivered)) {
        throw new ForeignRecord(
            "the record at the stored position is another one: the topic was made anew, or belongs"
                + " to another cluster",
            Map.of(
                "Partition",
                partition,
                "Offset",
                offset,
                "Stored",
                known.digest(),
                "Delivered",
                delivered));
      }
    }
    deliveredOffset = offset;
    if (offset > storedOffset) {
      waiting.add(pending);
    }
  }

  int size() {
    return waiting.size();
  }

  boolean isInFlight() {
    return isInFlight;
  }

  /** True when a batch could be sent now: one at a time, so that order holds. */
  boolean isReady() {
    return !isInFlight && !waiting.isEmpty();
  }

  List<Pending> take(int max) {
    List<Pending> taken = new ArrayList<>(Math.min(max, waiting.size()));
    while (taken.size() < max && !waiting.isEmpty()) {
      taken.add(waiting.remove());
    }
    isInFlight = true;
    return taken;
  }

  void stored(long upTo) {
    isInFlight = false;
    storedOffset = Math.max(storedOffset, upTo);
  }

  /** The greatest offset that needs no redelivery; -1 for none. */
  long storedOffset() {
    return storedOffset;
  }
}
