package io.defradb.connect.source.settings;

import io.defradb.connect.source.topic.CollectionTopicNamingStrategy;
import io.defradb.connect.source.topic.TopicNamingStrategy;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.LambdaValidator;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.utils.Utils;

/** The keys by which topics are named, and which of them there are. */
final class TopicKeys {
  static final String PREFIX = "topic.prefix";
  static final String TRANSACTIONS = "provide.transaction.metadata";
  static final String CONFLICTS = "include.conflicts";
  static final String SCHEMA_CHANGES = "include.schema.changes";
  private static final String DELIMITER = "topic.delimiter";
  static final String STRATEGY = "topic.naming.strategy";
  static final String REGEX = "topic.regex";
  static final String REPLACEMENT = "topic.replacement";
  static final String TRANSACTION_TOPIC = "topic.transaction";
  static final String CONFLICT_TOPIC = "topic.conflict";
  static final String HEARTBEAT_PREFIX = "topic.heartbeat.prefix";
  private static final String GROUP = "Topics";

  private TopicKeys() {}

  static void define(ConfigDef def) {
    def.define(
        PREFIX,
        Type.STRING,
        ConfigDef.NO_DEFAULT_VALUE,
        new NonEmptyString(),
        Importance.HIGH,
        "Logical name of this source: topics are named <prefix>.<collection>, and offsets are"
            + " stored under it.",
        GROUP,
        1,
        Width.MEDIUM,
        "Topic prefix");
    def.define(
        DELIMITER,
        Type.STRING,
        ".",
        new NonEmptyString(),
        Importance.LOW,
        "Stands between prefix and collection in topic names.",
        GROUP,
        2,
        Width.SHORT,
        "Topic delimiter");
    def.define(
        STRATEGY,
        Type.CLASS,
        CollectionTopicNamingStrategy.class,
        LambdaValidator.with(TopicKeys::checkStrategy, () -> "class that is a TopicNamingStrategy"),
        Importance.MEDIUM,
        "How topics are named. io.defradb.connect.source.topic.CollectionTopicNamingStrategy: a"
            + " topic a collection; io.defradb.connect.source.topic.RegexTopicNamingStrategy:"
            + " renamed by topic.regex; or a class of your own.",
        GROUP,
        3,
        Width.LONG,
        "Naming strategy");
    def.define(
        REGEX,
        Type.STRING,
        "",
        LambdaValidator.with(Regexes::check, () -> "regular expression"),
        Importance.LOW,
        "For the regex strategy: topics of collections whose whole name matches are renamed.",
        GROUP,
        4,
        Width.LONG,
        "Topic regex");
    def.define(
        REPLACEMENT,
        Type.STRING,
        "",
        Importance.LOW,
        "For the regex strategy: the new name; $1 is the first group.",
        GROUP,
        5,
        Width.LONG,
        "Topic replacement");
    def.define(
        TRANSACTIONS,
        Type.BOOLEAN,
        false,
        Importance.LOW,
        "Whether a topic of its own tells of each transaction of the node where it begins and ends,"
            + " and how many events of which collections it has. With several shards, each tells of"
            + " its own part.",
        GROUP,
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
        GROUP,
        7,
        Width.MEDIUM,
        "Transaction topic");
    def.define(
        CONFLICTS,
        Type.BOOLEAN,
        false,
        Importance.MEDIUM,
        "Whether a topic of its own tells of each value that a merge has lost: the field, both"
            + " values, both commits, who signed them and which peer they came from.",
        GROUP,
        8,
        Width.SHORT,
        "Conflicts");
    def.define(
        CONFLICT_TOPIC,
        Type.STRING,
        "conflict",
        new NonEmptyString(),
        Importance.LOW,
        "Name of that topic, behind the prefix.",
        GROUP,
        9,
        Width.MEDIUM,
        "Conflict topic");
    def.define(
        SCHEMA_CHANGES,
        Type.BOOLEAN,
        false,
        Importance.LOW,
        "Whether the topic <topic.prefix> tells of each new version of a collection, with all its"
            + " fields, in its place among the changes of the first shard.",
        GROUP,
        10,
        Width.SHORT,
        "Schema changes");
    def.define(
        HEARTBEAT_PREFIX,
        Type.STRING,
        "__defradb-heartbeat",
        new NonEmptyString(),
        Importance.LOW,
        "Topic of heartbeats: <this>.<topic.prefix>.",
        GROUP,
        11,
        Width.MEDIUM,
        "Heartbeat prefix");
  }

  private static void checkStrategy(String key, Object value) {
    if (value instanceof Class<?> type && !TopicNamingStrategy.class.isAssignableFrom(type)) {
      throw new ConfigException(
          key, type.getName(), "must implement " + TopicNamingStrategy.class.getName());
    }
  }

  /** Throws {@code ConfigException} when the strategy refuses the settings. */
  static TopicNamingStrategy strategy(AbstractConfig config) {
    TopicNamingStrategy strategy =
        Utils.newInstance(config.getClass(STRATEGY), TopicNamingStrategy.class);
    Map<String, Object> settings = new HashMap<>(config.originals());
    settings.putAll(config.values());
    strategy.configure(settings);
    return strategy;
  }

  /** What the strategy itself says of its settings. */
  static void check(Config config, Map<String, String> given) {
    try {
      strategy(new AbstractConfig(SourceConfigDef.DEF, given, false));
    } catch (ConfigException e) {
      SourceValidation.fault(config, STRATEGY, "cannot be used: " + e.getMessage());
    }
  }
}
