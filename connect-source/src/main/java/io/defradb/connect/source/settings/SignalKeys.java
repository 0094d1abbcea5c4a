package io.defradb.connect.source.settings;

import io.defradb.connect.source.signal.SignalSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.Width;

/** The keys by which a running source is told something. */
final class SignalKeys {
  static final String CHUNK_SIZE = "incremental.snapshot.chunk.size";
  static final String CONSUMER_PREFIX = "signal.consumer.";
  static final String CHANNELS = "signal.enabled.channels";
  static final String TOPIC = "signal.kafka.topic";
  static final String BROKERS = "signal.kafka.bootstrap.servers";
  static final String FILE = "signal.file";
  static final String EVERY = "signal.poll.interval.ms";
  private static final String GROUP = "Signals";

  private SignalKeys() {}

  static void define(ConfigDef def) {
    def.define(
        CHANNELS,
        Type.LIST,
        "",
        Words.of("kafka", "file", "jmx"),
        Importance.MEDIUM,
        "Where signals are awaited: execute-snapshot, stop-snapshot, pause-snapshot,"
            + " resume-snapshot, log. Empty: nowhere.",
        GROUP,
        1,
        Width.MEDIUM,
        "Channels");
    def.define(
        TOPIC,
        Type.STRING,
        "",
        Importance.MEDIUM,
        "Topic of one partition with signals; its keys are topic prefixes. Empty:"
            + " <topic.prefix>-signal.",
        GROUP,
        2,
        Width.MEDIUM,
        "Topic");
    def.define(
        BROKERS,
        Type.STRING,
        "",
        Importance.MEDIUM,
        "Brokers of that topic; more settings of its consumer begin with signal.consumer.",
        GROUP,
        3,
        Width.LONG,
        "Brokers");
    def.define(
        FILE,
        Type.STRING,
        "file-signals.txt",
        new NonEmptyString(),
        Importance.LOW,
        "File on the worker's machine to which signals are appended, one a line.",
        GROUP,
        4,
        Width.LONG,
        "File");
    def.define(
        EVERY,
        Type.LONG,
        5000L,
        Range.between(10, 3_600_000),
        Importance.LOW,
        "Milliseconds between two looks for signals.",
        GROUP,
        5,
        Width.SHORT,
        "Interval");
    def.define(
        CHUNK_SIZE,
        Type.INT,
        1024,
        Range.between(1, 100_000),
        Importance.LOW,
        "Documents that an incremental snapshot reads, and holds in memory, at once.",
        GROUP,
        6,
        Width.SHORT,
        "Chunk size");
  }

  static SignalSettings settings(AbstractConfig config, String prefix) {
    String topic = config.getString(TOPIC);
    Map<String, Object> consumer = config.originalsWithPrefix(CONSUMER_PREFIX);
    return new SignalSettings(
        Set.copyOf(config.getList(CHANNELS)),
        prefix,
        topic.isEmpty() ? prefix + "-signal" : topic,
        config.getString(BROKERS),
        consumer,
        Path.of(config.getString(FILE)),
        Duration.ofMillis(config.getLong(EVERY)));
  }

  static void check(Config config, Map<String, String> given) {
    boolean isOverKafka = given.getOrDefault(CHANNELS, "").contains("kafka");
    if (isOverKafka && given.getOrDefault(BROKERS, "").isBlank()) {
      SourceValidation.fault(config, BROKERS, "is needed for signals over kafka");
    }
  }
}
