package io.defradb.connect.source.settings;

import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigException;

/**
 * The words that a key takes, in any case; of a list, each element, as it is written here.
 * Immutable.
 */
record Words(List<String> all) implements Validator {
  static Words of(String... words) {
    return new Words(List.of(words));
  }

  @Override
  public void ensureValid(String key, Object value) {
    if (value instanceof List<?> some) {
      some.forEach(word -> require(key, word, all.contains(String.valueOf(word))));
    } else {
      require(key, value, all.contains(String.valueOf(value).toLowerCase(Locale.ROOT)));
    }
  }

  private void require(String key, Object word, boolean isKnown) {
    if (!isKnown) {
      throw new ConfigException(key, word, "must be one of " + this);
    }
  }

  @Override
  public String toString() {
    return String.join(", ", all);
  }
}
