package io.defradb.connect.sink.settings;

import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigException;

/** The words that a key takes, in any case. Immutable. */
record Words(List<String> all) implements Validator {
  static Words of(String... words) {
    return new Words(List.of(words));
  }

  @Override
  public void ensureValid(String key, Object value) {
    if (!all.contains(String.valueOf(value).toLowerCase(Locale.ROOT))) {
      throw new ConfigException(key, value, "must be one of " + this);
    }
  }

  @Override
  public String toString() {
    return String.join(", ", all);
  }
}
