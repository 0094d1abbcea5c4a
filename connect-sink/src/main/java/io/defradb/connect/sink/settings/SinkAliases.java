package io.defradb.connect.sink.settings;

import java.util.LinkedHashMap;
import java.util.Map;

/** Other connectors' spellings of our keys, so that a configuration moves over with few changes. */
final class SinkAliases {
  static final Map<String, String> OURS =
      Map.of(
          "pk.mode", SinkConfigDef.KEY_MODE,
          "pk.fields", SinkConfigDef.KEY_FIELDS,
          "fields.whitelist", SinkConfigDef.FIELDS_INCLUDED,
          "table.name.format", SinkConfigDef.COLLECTION_FORMAT,
          "collection.name", SinkConfigDef.COLLECTION_FORMAT,
          "max.retries", SinkConfigDef.RETRIES_MAX,
          "retry.backoff.ms", SinkConfigDef.RETRY_DELAY);

  private SinkAliases() {}

  /** Our own spelling wins where both are given. */
  static Map<String, String> resolve(Map<String, String> given) {
    Map<String, String> resolved = new LinkedHashMap<>(given);
    OURS.forEach(
        (alias, key) -> {
          String value = resolved.remove(alias);
          if (value != null) {
            resolved.putIfAbsent(key, value);
          }
        });
    return resolved;
  }
}
