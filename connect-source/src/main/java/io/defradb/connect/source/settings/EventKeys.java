package io.defradb.connect.source.settings;

import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.Width;

/** The keys that say what an event looks like. */
final class EventKeys {
  static final String OUTPUT_FORMAT = "output.format";
  static final String TOMBSTONES = "tombstones.on.delete";
  private static final String BINARY = "binary.handling.mode";
  private static final String NAMES = "schema.name.adjustment.mode";
  private static final String HEADERS = "extended.headers.enabled";
  static final String OVERSIZE = "event.oversize.handling.mode";
  static final String OVERSIZE_BYTES = "event.oversize.threshold.bytes";
  private static final String EVENTS = "Events";

  private EventKeys() {}

  static void define(ConfigDef def) {
    def.define(
        OUTPUT_FORMAT,
        Type.STRING,
        "envelope",
        Words.of("envelope", "document", "commit"),
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
    def.define(
        BINARY,
        Type.STRING,
        "hex",
        Words.of("hex", "bytes", "base64", "base64-url-safe"),
        Importance.LOW,
        "How a Blob is sent: hex, as the node shows it; base64 or base64-url-safe, as text; bytes,"
            + " as it is. The sink takes hex and bytes.",
        EVENTS,
        3,
        Width.SHORT,
        "Binary values");
    def.define(
        NAMES,
        Type.STRING,
        "none",
        Words.of("none", "avro"),
        Importance.LOW,
        "avro: what Avro and Protobuf do not allow in names of schemas, such as a topic prefix's hyphen,"
            + " becomes an underscore; names of fields need nothing of the kind.",
        EVENTS,
        4,
        Width.SHORT,
        "Schema names");
    def.define(
        HEADERS,
        Type.BOOLEAN,
        false,
        Importance.LOW,
        "Whether each record says in headers, as Debezium's do, which connector and task has sent"
            + " it: __debezium.context.connectorLogicalName, .connectorName and .taskId.",
        EVENTS,
        5,
        Width.SHORT,
        "Extended headers");
    def.define(
        OVERSIZE,
        Type.STRING,
        "send",
        Words.of("send", "fail", "claim"),
        Importance.MEDIUM,
        "What becomes of an event that is too great. send: Kafka decides; fail: the task fails and"
            + " names document and CID; claim: it goes without its greatest values, and the header"
            + " defradb.claim names them: whoever wants them asks the node for the document as of"
            + " the event's CID.",
        EVENTS,
        6,
        Width.SHORT,
        "Great events");
    def.define(
        OVERSIZE_BYTES,
        Type.LONG,
        900_000L,
        Range.between(1, 1L << 30),
        Importance.LOW,
        "From how many bytes on an event is too great for fail and claim: of the values of both"
            + " images, before they are converted.",
        EVENTS,
        7,
        Width.SHORT,
        "Great from");
  }

  /** What is wrong with two keys together. */
  static void check(Config config, Map<String, String> given) {
    boolean areCommits = "commit".equalsIgnoreCase(given.get(OUTPUT_FORMAT));
    if (areCommits && !"send".equalsIgnoreCase(given.getOrDefault(OVERSIZE, "send"))) {
      SourceValidation.fault(config, OVERSIZE, "must be send: a commit is whole or no commit");
    }
  }

  static EventLook look(AbstractConfig config) {
    return new EventLook(
        switch (config.getString(BINARY).toLowerCase(Locale.ROOT)) {
          case "bytes" -> EventLook.Binary.BYTES;
          case "base64" -> EventLook.Binary.BASE64;
          case "base64-url-safe" -> EventLook.Binary.BASE64_URL_SAFE;
          default -> EventLook.Binary.HEX;
        },
        config.getString(NAMES).equalsIgnoreCase("avro"),
        config.getBoolean(HEADERS),
        new EventLook.Oversize(
            EventLook.Oversize.Mode.valueOf(config.getString(OVERSIZE).toUpperCase(Locale.ROOT)),
            config.getLong(OVERSIZE_BYTES)));
  }
}
