package io.defradb.system.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/** A topic that a sink reads: partitions of records, and the group's offsets. For one thread. */
final class SimulatedTopic {
  /** A record, its offset its place. */
  record Entry(String key, @Nullable Map<String, Object> value) {}

  private final String name;
  private final List<List<Entry>> partitions = new ArrayList<>();
  private final long[] committed;

  SimulatedTopic(String name, int partitions) {
    this.name = name;
    this.committed = new long[partitions];
    for (int i = 0; i < partitions; i++) {
      this.partitions.add(new ArrayList<>());
    }
  }

  String name() {
    return name;
  }

  int partitions() {
    return partitions.size();
  }

  void write(Entry entry) {
    partitions.get(Math.floorMod(entry.key().hashCode(), partitions.size())).add(entry);
  }

  List<Entry> entries(int partition) {
    return partitions.get(partition);
  }

  /** The offset that the group goes on from. */
  long committed(int partition) {
    return committed[partition];
  }

  void commit(int partition, long offset) {
    committed[partition] = offset;
  }

  boolean isConsumed() {
    for (int i = 0; i < partitions.size(); i++) {
      if (committed[i] < partitions.get(i).size()) {
        return false;
      }
    }
    return true;
  }

  SinkRecord record(int partition, long offset) {
    Entry entry = partitions.get(partition).get((int) offset);
    return new SinkRecord(
        name,
        partition,
        null,
        Map.of("id", entry.key()),
        null,
        entry.value(),
        offset,
        1_700_000_000_000L + offset,
        TimestampType.CREATE_TIME);
  }
}
