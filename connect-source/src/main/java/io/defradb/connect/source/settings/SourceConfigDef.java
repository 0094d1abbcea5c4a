package io.defradb.connect.source.settings;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.CaseInsensitiveValidString;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.Width;

/** The source's keys, named as in Debezium's connectors where they have the same thing. */
public final class SourceConfigDef {
  public static final String COLLECTIONS = FilterKeys.COLLECTIONS;
  public static final String SHARDS = "defradb.shards";
  public static final String SNAPSHOT_MODE = "snapshot.mode";
  static final String OUTPUT_FORMAT = "output.format";
  static final String TOMBSTONES = "tombstones.on.delete";
  static final String BATCH_SIZE = "max.batch.size";
  static final String POLL_INTERVAL = "poll.interval.ms";
  static final String HEARTBEAT_INTERVAL = "heartbeat.interval.ms";

  private static final String EVENTS = "Events";
  private static final String READING = "Reading";

  public static final ConfigDef DEF = definition();

  private SourceConfigDef() {}

  private static ConfigDef definition() {
    var def = new ConfigDef();
    NodeKeys.define(def);
    TopicKeys.define(def);
    def.define(
        OUTPUT_FORMAT,
        Type.STRING,
        "envelope",
        words("envelope", "document", "commit"),
        Importance.MEDIUM,
        "envelope: change events with before and after; document: the after image, null for a"
            + " delete; commit: every commit with the bytes of its blocks, to be verified. A"
            + " snapshot of commits is their history.",
        EVENTS,
        1,
        Width.SHORT,
        "Output format");
    def.define(
        TOMBSTONES,
        Type.BOOLEAN,
        true,
        Importance.MEDIUM,
        "Whether a delete event is followed by a record with a null value, so that compaction"
            + " forgets the key.",
        EVENTS,
        2,
        Width.SHORT,
        "Tombstones");
    FilterKeys.define(def);
    SignalKeys.define(def);
    NotificationKeys.define(def);
    def.define(
        SNAPSHOT_MODE,
        Type.STRING,
        "initial",
        words("initial", "always", "initial_only", "no_data", "when_needed"),
        Importance.HIGH,
        "initial: existing documents first, once; always: at every start; initial_only: and then no"
            + " more; no_data: only what is committed from now on; when_needed: as initial, and"
            + " again when the node's feed no longer has what comes next.",
        READING,
        1,
        Width.SHORT,
        "Snapshot mode");
    def.define(
        SHARDS,
        Type.INT,
        1,
        Range.between(1, 256),
        Importance.MEDIUM,
        "Into how many parts each collection is cut by DocID, at most one a task. Fixed when the"
            + " connector is made: offsets are stored by it.",
        READING,
        2,
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
        3,
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
        4,
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
        5,
        Width.SHORT,
        "Heartbeat interval");
    return def;
  }

  private static ConfigDef.Validator words(String... words) {
    return CaseInsensitiveValidString.in(words);
  }
}
