package io.defradb.connect.source.settings;

import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.CaseInsensitiveValidString;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.LambdaValidator;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.ValidList;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;

/** The source's keys, named as in Debezium's connectors where they have the same thing. */
public final class SourceConfigDef {
  public static final String COLLECTIONS = "collection.include.list";
  public static final String SHARDS = "defradb.shards";
  static final String TOPIC_PREFIX = "topic.prefix";
  static final String TOPIC_DELIMITER = "topic.delimiter";
  public static final String SNAPSHOT_MODE = "snapshot.mode";
  static final String OUTPUT_FORMAT = "output.format";
  static final String TOMBSTONES = "tombstones.on.delete";
  static final String FIELDS_INCLUDED = "field.include.list";
  static final String FIELDS_EXCLUDED = "field.exclude.list";
  static final String DOCUMENTS = "document.include.list";
  static final String ORIGINS_EXCLUDED = "origin.exclude.list";
  static final String SKIPPED_OPERATIONS = "skipped.operations";
  static final String SKIP_UNCHANGED = "skip.messages.without.change";
  static final String TRANSACTIONS = "provide.transaction.metadata";
  static final String TRANSACTION_TOPIC = "topic.transaction";
  static final String BATCH_SIZE = "max.batch.size";
  static final String POLL_INTERVAL = "poll.interval.ms";
  static final String HEARTBEAT_INTERVAL = "heartbeat.interval.ms";
  static final String HEARTBEAT_PREFIX = "topic.heartbeat.prefix";

  private static final String EVENTS = "Events";
  private static final String FILTERS = "Filters";
  private static final String READING = "Reading";

  private static final int DOCUMENTS_MAX = 1000;

  public static final ConfigDef DEF = definition();

  private SourceConfigDef() {}

  private static ConfigDef definition() {
    var def = new ConfigDef();
    NodeKeys.define(def);
    def.define(
        TOPIC_PREFIX,
        Type.STRING,
        ConfigDef.NO_DEFAULT_VALUE,
        new NonEmptyString(),
        Importance.HIGH,
        "Logical name of this source: topics are named <prefix>.<collection>, and offsets are"
            + " stored under it.",
        EVENTS,
        1,
        Width.MEDIUM,
        "Topic prefix");
    def.define(
        TOPIC_DELIMITER,
        Type.STRING,
        ".",
        new NonEmptyString(),
        Importance.LOW,
        "Stands between prefix and collection in topic names.",
        EVENTS,
        2,
        Width.SHORT,
        "Topic delimiter");
    def.define(
        COLLECTIONS,
        Type.LIST,
        ConfigDef.NO_DEFAULT_VALUE,
        Importance.HIGH,
        "Collections to read.",
        EVENTS,
        3,
        Width.LONG,
        "Collections");
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
        4,
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
        5,
        Width.SHORT,
        "Tombstones");
    def.define(
        TRANSACTIONS,
        Type.BOOLEAN,
        false,
        Importance.LOW,
        "Whether a topic of its own tells of each transaction of the node where it begins and ends,"
            + " and how many events of which collections it has. With several shards, each tells of"
            + " its own part.",
        EVENTS,
        6,
        Width.SHORT,
        "Transactions");
    def.define(
        TRANSACTION_TOPIC,
        Type.STRING,
        "transaction",
        new NonEmptyString(),
        Importance.LOW,
        "Name of that topic, behind the prefix.",
        EVENTS,
        7,
        Width.MEDIUM,
        "Transaction topic");
    filters(def);
    SignalKeys.define(def);
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
    def.define(
        HEARTBEAT_PREFIX,
        Type.STRING,
        "__defradb-heartbeat",
        new NonEmptyString(),
        Importance.LOW,
        "Topic of heartbeats: <this>.<topic.prefix>.",
        READING,
        6,
        Width.MEDIUM,
        "Heartbeat prefix");
    return def;
  }

  private static void filters(ConfigDef def) {
    def.define(
        FIELDS_INCLUDED,
        Type.LIST,
        "",
        Importance.MEDIUM,
        "Fields to send, as field or Collection.field; empty: all.",
        FILTERS,
        1,
        Width.LONG,
        "Fields included");
    def.define(
        FIELDS_EXCLUDED,
        Type.LIST,
        "",
        Importance.MEDIUM,
        "Fields not to send, as field or Collection.field.",
        FILTERS,
        2,
        Width.LONG,
        "Fields excluded");
    def.define(
        DOCUMENTS,
        Type.LIST,
        "",
        LambdaValidator.with(SourceConfigDef::checkCount, () -> "at most " + DOCUMENTS_MAX),
        Importance.LOW,
        "DocIDs of the documents to read; empty: all.",
        FILTERS,
        3,
        Width.LONG,
        "Documents");
    def.define(
        ORIGINS_EXCLUDED,
        Type.LIST,
        "",
        LambdaValidator.with(
            SourceConfigDef::checkOrigins, () -> "at most two of local, remote, ingest"),
        Importance.MEDIUM,
        "Changes of these origins are not read: local, made at the node; remote, come from a peer;"
            + " ingest, brought by a sink connector. Without ingest, what a sink writes does not go"
            + " round in a circle.",
        FILTERS,
        4,
        Width.MEDIUM,
        "Origins excluded");
    def.define(
        SKIPPED_OPERATIONS,
        Type.LIST,
        "",
        ValidList.in("c", "u", "d"),
        Importance.LOW,
        "Operations that are no event.",
        FILTERS,
        5,
        Width.SHORT,
        "Skipped operations");
    def.define(
        SKIP_UNCHANGED,
        Type.BOOLEAN,
        false,
        Importance.LOW,
        "Whether an update is left out that changes none of the fields that are sent, such as one"
            + " that lost its conflict.",
        FILTERS,
        6,
        Width.SHORT,
        "Skip unchanged");
  }

  private static void checkCount(String name, Object value) {
    if (value instanceof List<?> list && list.size() > DOCUMENTS_MAX) {
      throw new ConfigException(name, list.size(), "there are at most " + DOCUMENTS_MAX);
    }
  }

  private static void checkOrigins(String name, Object value) {
    if (value instanceof List<?> list
        && (list.size() > 2 || !List.of("local", "remote", "ingest").containsAll(list))) {
      throw new ConfigException(name, value, "must be at most two of local, remote, ingest");
    }
  }

  private static ConfigDef.Validator words(String... words) {
    return CaseInsensitiveValidString.in(words);
  }
}
