package io.defradb.connect.sink.settings;

import io.defradb.client.settings.NodeSetting;
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
  private static final Need IDENTITY =
      new Need(
          NodeSetting.IDENTITY_KEY.key(),
          key -> !(key instanceof Password secret && secret.value().isEmpty()));
  private static final Map<String, Need> NEEDS =
      Map.of(
          NodeSetting.IDENTITY_KEY_TYPE.key(),
          IDENTITY,
          NodeSetting.TOKEN_LIFETIME.key(),
          IDENTITY,
          SinkConfigDef.ENCRYPT_FIELDS,
          new Need(SinkConfigDef.ENCRYPT, isAll -> !isAll.equals(true)),
          SinkConfigDef.RETRY_DELAY,
          new Need(SinkConfigDef.RETRIES_MAX, retries -> !retries.equals(0)));

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
}
