package io.defradb.system.simulation;

import io.defradb.connect.source.DefraSourceTask;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.jspecify.annotations.Nullable;

/**
 * One task of the source and a worker in exactly-once mode around it: records and offsets of a poll
 * become visible together or not at all. For one thread.
 */
final class SourceMember {
  private final Map<String, String> settings;
  private final Random random;
  private int killPercent;
  private final List<SourceRecord> committed = new ArrayList<>();
  private final Map<Map<String, ?>, Map<String, ?>> offsets = new HashMap<>();
  private DefraSourceTask task;
  private int kills;

  SourceMember(Map<String, String> settings, Random random, int killPercent) {
    this.settings = settings;
    this.random = random;
    this.killPercent = killPercent;
    this.task = begin();
  }

  private DefraSourceTask begin() {
    var started = new DefraSourceTask();
    started.initialize(new Context());
    started.start(settings);
    return started;
  }

  /** One turn of the worker's loop; the worker may die before the transaction, or after it. */
  void turn() throws InterruptedException {
    List<SourceRecord> records = task.poll();
    if (records != null && random.nextInt(100) < killPercent) {
      kill();
      return;
    }
    if (records != null) {
      for (SourceRecord record : records) {
        committed.add(record);
        offsets.put(Map.copyOf(record.sourcePartition()), record.sourceOffset());
      }
    }
    if (random.nextInt(100) < killPercent) {
      kill();
    }
  }

  /** The worker dies, and is there again with what it has committed. */
  void kill() {
    kills++;
    task.stop();
    task = begin();
  }

  /** From now on the worker lives: a slow machine must be able to catch up. */
  void spare() {
    killPercent = 0;
  }

  /**
   * Everything up to here has been read, as the stored offset says. Only records carry offsets: in
   * a lane that has nothing to tell, heartbeats do.
   */
  long reachedSeq() {
    return offsets.values().stream()
        .mapToLong(offset -> offset.get("seq") instanceof Number seq ? seq.longValue() : -1)
        .max()
        .orElse(-1);
  }

  Map<Map<String, ?>, Map<String, ?>> offsets() {
    return Map.copyOf(offsets);
  }

  /** With its place and its value; empty: none yet. */
  String lastEvent() {
    return committed.isEmpty() ? "" : committed.get(committed.size() - 1).toString();
  }

  int kills() {
    return kills;
  }

  List<SourceRecord> committed() {
    return committed;
  }

  void stop() {
    task.stop();
  }

  private final class Context implements SourceTaskContext {
    @Override
    public Map<String, String> configs() {
      return settings;
    }

    @Override
    public OffsetStorageReader offsetStorageReader() {
      return new Offsets();
    }

    @Override
    public PluginMetrics pluginMetrics() {
      return new NoMetrics();
    }
  }

  private final class Offsets implements OffsetStorageReader {
    @Override
    @SuppressWarnings("unchecked")
    public <T> @Nullable Map<String, Object> offset(Map<String, T> partition) {
      return (Map<String, Object>) offsets.get(partition);
    }

    @Override
    public <T> Map<Map<String, T>, Map<String, Object>> offsets(
        Collection<Map<String, T>> partitions) {
      Map<Map<String, T>, Map<String, Object>> found = new HashMap<>();
      for (Map<String, T> partition : partitions) {
        Map<String, Object> offset = offset(partition);
        if (offset != null) {
          found.put(partition, offset);
        }
      }
      return found;
    }
  }
}
