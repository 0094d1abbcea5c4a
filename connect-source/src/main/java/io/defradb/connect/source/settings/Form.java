package io.defradb.connect.source.settings;

import io.defradb.client.settings.NodeSetting;
import io.defradb.connect.source.topic.RegexTopicNamingStrategy;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigDef.Recommender;
import org.apache.kafka.common.config.types.Password;

/**
 * What a form for the connector's settings is told: the words to choose from, and which keys have a
 * sense beside the others. No setting is refused by it.
 */
final class Form {
  private static final Map<String, Need> NEEDS =
      Map.ofEntries(
          Map.entry(NodeSetting.IDENTITY_KEY_TYPE.key(), identity()),
          Map.entry(NodeSetting.TOKEN_LIFETIME.key(), identity()),
          Map.entry(TopicKeys.REGEX, is(TopicKeys.STRATEGY, RegexTopicNamingStrategy.class)),
          Map.entry(TopicKeys.REPLACEMENT, is(TopicKeys.STRATEGY, RegexTopicNamingStrategy.class)),
          Map.entry(TopicKeys.TRANSACTION_TOPIC, is(TopicKeys.TRANSACTIONS, true)),
          Map.entry(TopicKeys.CONFLICT_TOPIC, is(TopicKeys.CONFLICTS, true)),
          Map.entry(TopicKeys.HEARTBEAT_PREFIX, not(SourceConfigDef.HEARTBEAT_INTERVAL, "0")),
          Map.entry(EventKeys.OVERSIZE_BYTES, not(EventKeys.OVERSIZE, "send")),
          Map.entry(Guardrail.ACTION, not(Guardrail.MAX, "0")),
          Map.entry(SignalKeys.TOPIC, has(SignalKeys.CHANNELS, "kafka")),
          Map.entry(SignalKeys.BROKERS, has(SignalKeys.CHANNELS, "kafka")),
          Map.entry(SignalKeys.FILE, has(SignalKeys.CHANNELS, "file")),
          Map.entry(SignalKeys.EVERY, not(SignalKeys.CHANNELS, "[]")),
          Map.entry(SignalKeys.CHUNK_SIZE, not(SignalKeys.CHANNELS, "[]")),
          Map.entry(NotificationKeys.TOPIC, has(NotificationKeys.CHANNELS, "sink")),
          Map.entry(SnapshotKeys.SINCE, new Need(SnapshotKeys.MODE, Form::isSince)));

  private Form() {}

  /** That {@code key} has such a value; one that cannot be read counts as such. */
  private record Need(String key, Predicate<Object> isMet) implements Recommender {
    @Override
    public List<Object> validValues(String name, Map<String, Object> values) {
      return List.of();
    }

    @Override
    public boolean visible(String name, Map<String, Object> values) {
      Object value = values.get(key);
      return value == null || isMet.test(value);
    }
  }

  private record Choice(List<String> words) implements Recommender {
    @Override
    public List<Object> validValues(String name, Map<String, Object> values) {
      return List.copyOf(words);
    }

    @Override
    public boolean visible(String name, Map<String, Object> values) {
      return true;
    }
  }

  /** The same keys, with it. */
  static ConfigDef of(ConfigDef plain) {
    var def = new ConfigDef();
    for (ConfigKey key : plain.configKeys().values()) {
      def.define(
          key.name,
          key.type,
          key.defaultValue,
          key.validator,
          key.importance,
          key.documentation,
          key.group,
          key.orderInGroup,
          key.width,
          key.displayName,
          dependents(key.name),
          recommender(key));
    }
    return def;
  }

  private static List<String> dependents(String key) {
    return NEEDS.entrySet().stream()
        .filter(entry -> entry.getValue().key().equals(key))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  private static Recommender recommender(ConfigKey key) {
    Need need = NEEDS.get(key.name);
    if (need != null) {
      return need;
    }
    return new Choice(key.validator instanceof Words words ? words.all() : List.of());
  }

  private static Need identity() {
    return new Need(
        NodeSetting.IDENTITY_KEY.key(),
        key -> !(key instanceof Password secret && secret.value().isEmpty()));
  }

  private static Need is(String key, Object wanted) {
    return new Need(key, wanted::equals);
  }

  private static Need not(String key, String unwanted) {
    return new Need(key, value -> !String.valueOf(value).equalsIgnoreCase(unwanted));
  }

  private static Need has(String key, String wanted) {
    return new Need(key, value -> value instanceof List<?> some && some.contains(wanted));
  }

  private static boolean isSince(Object mode) {
    return String.valueOf(mode).equalsIgnoreCase("since");
  }
}
