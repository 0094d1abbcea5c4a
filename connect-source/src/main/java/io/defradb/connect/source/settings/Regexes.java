package io.defradb.connect.source.settings;

import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.kafka.common.config.ConfigException;

/** Settings that are regular expressions, one or a list of them. */
final class Regexes {
  private Regexes() {}

  static void check(String key, Object value) {
    for (Object regex : value instanceof List<?> list ? list : List.of(value)) {
      try {
        Pattern.compile(String.valueOf(regex));
      } catch (PatternSyntaxException e) {
        throw new ConfigException(key, regex, "is no regular expression: " + e.getDescription());
      }
    }
  }
}
