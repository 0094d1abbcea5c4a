package io.defradb.connect.sink.settings;

import io.defradb.client.settings.FrameworkKeys;
import io.defradb.client.settings.NearestName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigValue;

/**
 * What one key's validator cannot see: keys that nobody knows, and keys that contradict each other.
 */
public final class SinkValidation {
  /**
   * Beginnings of keys that belong to the framework, to clients, or to transforms and converters.
   */
  private static final List<String> FOREIGN =
      List.of(
          "consumer.",
          "producer.",
          "admin.",
          "errors.",
          "transforms",
          "predicates",
          "key.converter",
          "value.converter",
          "header.converter",
          "config.",
          "topics",
          "tasks.",
          "connector.",
          "name",
          "offsets.",
          "metrics.");

  private final Config config;
  private final Map<String, String> given;

  public SinkValidation(Config config, Map<String, String> given) {
    this.config = config;
    this.given = given;
  }

  /** The settings in our own spellings. */
  public static Map<String, String> resolved(Map<String, String> given) {
    return SinkAliases.resolve(given);
  }

  /** True when no key has a fault. */
  public boolean checkKeys() {
    unknown();
    combinations();
    return config.configValues().stream().allMatch(value -> value.errorMessages().isEmpty());
  }

  private void unknown() {
    List<String> known = new ArrayList<>(SinkConfigDef.DEF.names());
    known.addAll(SinkAliases.names());
    for (String key : given.keySet()) {
      boolean isForeign = FOREIGN.stream().anyMatch(key::startsWith);
      Optional<String> meant =
          isForeign ? FrameworkKeys.meant(key, known) : NearestName.of(key, known);
      if (!known.contains(key) && (!isForeign || meant.isPresent())) {
        String hint = meant.map(name -> " Did you mean " + name + "?").orElse("");
        fault(key, "is not a setting of this connector." + hint);
      }
    }
  }

  private void combinations() {
    Map<String, String> ours = SinkAliases.resolve(given);
    String mode = ours.getOrDefault(SinkConfigDef.KEY_MODE, "record_key").toLowerCase(Locale.ROOT);
    String insert = ours.getOrDefault(SinkConfigDef.INSERT_MODE, "upsert").toLowerCase(Locale.ROOT);
    String keyFields = ours.getOrDefault(SinkConfigDef.KEY_FIELDS, "");
    if (mode.equals("record_value") && keyFields.isBlank()) {
      fault(
          SinkConfigDef.KEY_FIELDS,
          "must name the key's fields when primary.key.mode is record_value");
    }
    if (mode.equals("kafka") && !keyFields.isBlank() && keyFields.split(",").length != 3) {
      fault(
          SinkConfigDef.KEY_FIELDS,
          "must name three fields when primary.key.mode is kafka: for topic, partition and offset");
    }
    if (mode.equals("docid") && !insert.equals("update")) {
      fault(
          SinkConfigDef.INSERT_MODE,
          "must be update when primary.key.mode is docid: a DocID comes from a document's content");
    }
    if (mode.equals("kafka") && Boolean.parseBoolean(ours.get(SinkConfigDef.DELETE_ENABLED))) {
      fault(
          SinkConfigDef.DELETE_ENABLED,
          "cannot be true when primary.key.mode is kafka: no record names an earlier one");
    }
  }

  private void fault(String key, String message) {
    for (ConfigValue value : config.configValues()) {
      if (value.name().equals(key)) {
        value.addErrorMessage(key + " " + message);
        return;
      }
    }
    var value = new ConfigValue(key, given.get(key), List.of(), new ArrayList<>());
    value.addErrorMessage(key + " " + message);
    config.configValues().add(value);
  }
}
