package io.defradb.connect.source.settings;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.Width;

/** The source's keys, named as in Debezium's connectors where they have the same thing. */
public final class SourceConfigDef {
  public static final String COLLECTIONS = FilterKeys.COLLECTIONS;
  public static final String SHARDS = "defradb.shards";
  static final String BATCH_SIZE = "max.batch.size";
  static final String POLL_INTERVAL = "poll.interval.ms";
  static final String HEARTBEAT_INTERVAL = "heartbeat.interval.ms";
  static final String QUEUE_SIZE = "max.queue.size";
  static final String QUEUE_BYTES = "max.queue.size.in.bytes";
  static final String RETRIES_MAX = "errors.max.retries";
  static final String RETRY_PAUSE_MAX = "retriable.restart.connector.wait.ms";

  private static final String READING = "Reading";

  public static final ConfigDef DEF = Form.of(definition());

  private SourceConfigDef() {}

  private static ConfigDef definition() {
    var def = new ConfigDef();
    NodeKeys.define(def);
    TopicKeys.define(def);
    EventKeys.define(def);
    FilterKeys.define(def);
    Guardrail.define(def);
    SignalKeys.define(def);
    NotificationKeys.define(def);
    SnapshotKeys.define(def);
    def.define(
        SHARDS,
        Type.INT,
        1,
        Range.between(1, 256),
        Importance.MEDIUM,
        "Into how many parts each collection is cut by DocID, at most one a task. Fixed when the"
            + " connector is made: offsets are stored by it.",
        READING,
        1,
        Width.SHORT,
        "Shards");
    def.define(
        BATCH_SIZE,
        Type.INT,
        8192,
        Range.between(1, 10_000),
        Importance.MEDIUM,
        "Changes asked of the node, and handed to Kafka, at once: about so many, or 8 MiB; a"
            + " transaction is never cut in two.",
        READING,
        2,
        Width.SHORT,
        "Batch size");
    def.define(
        POLL_INTERVAL,
        Type.LONG,
        500L,
        Range.between(1, 60_000),
        Importance.LOW,
        "Milliseconds that a poll waits for a first event.",
        READING,
        3,
        Width.SHORT,
        "Poll interval");
    def.define(
        HEARTBEAT_INTERVAL,
        Type.LONG,
        0L,
        Range.between(0, 86_400_000),
        Importance.MEDIUM,
        "Milliseconds between heartbeat records, which carry the offset of quiet collections on; 0:"
            + " none.",
        READING,
        4,
        Width.SHORT,
        "Heartbeat interval");
    def.define(
        QUEUE_SIZE,
        Type.INT,
        16_384,
        Range.between(2, 20_000),
        Importance.LOW,
        "Changes that wait, at most, between the node and Kafka, for each shard; no batch is more"
            + " than half of them.",
        READING,
        5,
        Width.SHORT,
        "Queue size");
    def.define(
        QUEUE_BYTES,
        Type.LONG,
        16L << 20,
        Range.between(64L << 10, 1L << 30),
        Importance.LOW,
        "About how many bytes of the node's answers wait, at most, for each shard; a single change"
            + " that is greater still comes through.",
        READING,
        6,
        Width.SHORT,
        "Queue bytes");
    def.define(
        RETRIES_MAX,
        Type.INT,
        -1,
        Range.between(-1, 100_000),
        Importance.LOW,
        "How often a node that is away, busy or broken is asked again, before the task fails; -1:"
            + " for ever.",
        READING,
        7,
        Width.SHORT,
        "Retries");
    def.define(
        RETRY_PAUSE_MAX,
        Type.LONG,
        10_000L,
        Range.between(10, 600_000),
        Importance.LOW,
        "Milliseconds that pauses between such tries grow to.",
        READING,
        8,
        Width.SHORT,
        "Retry pause");
    return def;
  }
}
