package io.defradb.connect.source.settings;

import io.defradb.client.settings.FrameworkKeys;
import io.defradb.client.settings.NearestName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigValue;

/** What one key's validator cannot see: keys that nobody knows. */
public final class SourceValidation {
  /**
   * Beginnings of keys that belong to the framework, to clients, or to transforms and converters.
   */
  private static final List<String> FOREIGN =
      List.of(
          "producer.",
          "consumer.",
          "admin.",
          "errors.",
          "transforms",
          "predicates",
          "key.converter",
          "value.converter",
          "header.converter",
          "config.",
          "tasks.",
          "connector.",
          "name",
          "topic.creation.",
          "offsets.",
          "metrics.",
          "exactly.once.support",
          "transaction.boundary",
          "defradb.task.",
          SignalKeys.CONSUMER_PREFIX);

  private SourceValidation() {}

  /** Adds a fault for every unknown key; true when no key has a fault. */
  public static boolean checkKeys(Config config, Map<String, String> given) {
    Set<String> known = SourceConfigDef.DEF.names();
    for (String key : given.keySet()) {
      boolean isForeign = FOREIGN.stream().anyMatch(key::startsWith);
      Optional<String> meant =
          isForeign ? FrameworkKeys.meant(key, known) : NearestName.of(key, known);
      if (!known.contains(key) && (!isForeign || meant.isPresent())) {
        String hint = meant.map(name -> " Did you mean " + name + "?").orElse("");
        fault(config, key, "is not a setting of this connector." + hint);
      }
    }
    SignalKeys.check(config, given);
    NotificationKeys.check(config, given);
    FilterKeys.check(config, given);
    SnapshotKeys.check(config, given);
    EventKeys.check(config, given);
    if (isSound(config)) {
      TopicKeys.check(config, given);
    }
    return isSound(config);
  }

  private static boolean isSound(Config config) {
    return config.configValues().stream().allMatch(value -> value.errorMessages().isEmpty());
  }

  /** {@code present}: names of the fields that the collections have. */
  public static void checkFields(Config config, ChangeFilter filter, Set<String> present) {
    checkFields(config, FilterKeys.FIELDS_INCLUDED, filter.fieldsIncluded(), present);
    checkFields(config, FilterKeys.FIELDS_EXCLUDED, filter.fieldsExcluded(), present);
  }

  private static void checkFields(
      Config config, String key, Set<String> fields, Set<String> present) {
    for (String field : new TreeSet<>(fields)) {
      if (!present.contains(field)) {
        fault(config, key, "names " + field + ", which no collection that is read has");
      }
    }
  }

  public static void fault(Config config, String key, String message) {
    for (ConfigValue value : config.configValues()) {
      if (value.name().equals(key)) {
        value.addErrorMessage(key + " " + message);
        return;
      }
    }
    var value = new ConfigValue(key, null, List.of(), new ArrayList<>());
    value.addErrorMessage(key + " " + message);
    config.configValues().add(value);
  }
}
