package io.defradb.connect.sink.settings;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Other connectors' spellings of our keys, so that a configuration moves over with few changes. */
final class SinkAliases {
  private static final Map<String, String> OURS =
      Map.of(
          "pk.mode", SinkConfigDef.KEY_MODE,
          "pk.fields", SinkConfigDef.KEY_FIELDS,
          "fields.whitelist", SinkConfigDef.FIELDS_INCLUDED,
          "table.name.format", SinkConfigDef.COLLECTION_FORMAT,
          "collection.name", SinkConfigDef.COLLECTION_FORMAT,
          "max.retries", SinkConfigDef.RETRIES_MAX,
          "retry.backoff.ms", SinkConfigDef.RETRY_DELAY);

  /** Keys whose values have other words, too. */
  private static final String AUTO_EVOLVE = "auto.evolve";

  private static final String ON_NULL = "behavior.on.null.values";

  private SinkAliases() {}

  static Set<String> names() {
    Set<String> names = new TreeSet<>(OURS.keySet());
    names.add(AUTO_EVOLVE);
    names.add(ON_NULL);
    return names;
  }

  /** Our own spelling wins where both are given. */
  static Map<String, String> resolve(Map<String, String> given) {
    Map<String, String> resolved = new LinkedHashMap<>(given);
    Map<String, String> translated = new HashMap<>();
    OURS.forEach((alias, key) -> move(resolved, alias, key, translated));
    move(resolved, AUTO_EVOLVE, SinkConfigDef.EVOLUTION, translated);
    move(resolved, ON_NULL, SinkConfigDef.DELETE_ENABLED, translated);
    translated.forEach(resolved::putIfAbsent);
    return resolved;
  }

  private static void move(
      Map<String, String> given, String alias, String key, Map<String, String> translated) {
    String value = given.remove(alias);
    if (value != null) {
      translated.put(key, inOurWords(alias, value));
    }
  }

  private static String inOurWords(String alias, String value) {
    return switch (alias + "=" + value.strip().toLowerCase(Locale.ROOT)) {
      case AUTO_EVOLVE + "=true" -> "basic";
      case AUTO_EVOLVE + "=false" -> "none";
      case ON_NULL + "=delete" -> "true";
      case ON_NULL + "=ignore" -> "false";
      default -> value;
    };
  }
}
