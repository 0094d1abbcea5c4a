package io.defradb.connect.source.topic;

import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.kafka.common.config.ConfigException;

/**
 * As {@link CollectionTopicNamingStrategy}, but a collection's topic name that matches {@code
 * topic.regex} as a whole becomes {@code topic.replacement}, with {@code $1} for its groups: so
 * several collections share a topic.
 */
public final class RegexTopicNamingStrategy extends CollectionTopicNamingStrategy {
  private Pattern regex = Pattern.compile("");
  private String replacement = "";

  @Override
  public void configure(Map<String, ?> settings) {
    super.configure(settings);
    String given = text(settings, "topic.regex");
    replacement = text(settings, "topic.replacement");
    if (given.isEmpty() || replacement.isEmpty()) {
      throw new ConfigException(
          "topic.naming.strategy needs topic.regex and topic.replacement, and one is empty");
    }
    try {
      regex = Pattern.compile(given);
    } catch (PatternSyntaxException e) {
      throw new ConfigException("topic.regex", given, e.getMessage());
    }
  }

  @Override
  public String dataChangeTopic(String collection) {
    String name = super.dataChangeTopic(collection);
    var matcher = regex.matcher(name);
    return matcher.matches() ? matcher.replaceAll(replacement) : name;
  }
}
