package io.defradb.connect.source.settings;

import io.defradb.connect.source.notification.NotificationSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.LambdaValidator;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;

/** The keys by which a running source tells what it does. */
final class NotificationKeys {
  static final String CHANNELS = "notification.enabled.channels";
  static final String TOPIC = "notification.sink.topic.name";
  private static final String TAGS = "custom.metric.tags";
  private static final String GROUP = "Notifications and metrics";

  private NotificationKeys() {}

  static void define(ConfigDef def) {
    def.define(
        CHANNELS,
        Type.LIST,
        "",
        Words.of("sink", "log", "jmx"),
        Importance.LOW,
        "Where the beginning, progress and end of snapshots and of the stream are told: sink, a"
            + " topic; log, the worker's log; jmx, an MBean. Empty: nowhere.",
        GROUP,
        1,
        Width.MEDIUM,
        "Channels");
    def.define(
        TOPIC,
        Type.STRING,
        "",
        Importance.LOW,
        "Topic of the channel sink.",
        GROUP,
        2,
        Width.MEDIUM,
        "Topic");
    def.define(
        TAGS,
        Type.LIST,
        "",
        LambdaValidator.with(NotificationKeys::checkTags, () -> "name=value"),
        Importance.LOW,
        "Tags that are added to the names of all metrics.",
        GROUP,
        3,
        Width.LONG,
        "Metric tags");
  }

  static NotificationSettings settings(AbstractConfig config) {
    return new NotificationSettings(Set.copyOf(config.getList(CHANNELS)), config.getString(TOPIC));
  }

  static Map<String, String> tags(AbstractConfig config) {
    Map<String, String> tags = new LinkedHashMap<>();
    for (String tag : config.getList(TAGS)) {
      int at = tag.indexOf('=');
      tags.put(tag.substring(0, at), tag.substring(at + 1));
    }
    return tags;
  }

  static void check(Config config, Map<String, String> given) {
    boolean isToSink = given.getOrDefault(CHANNELS, "").contains("sink");
    if (isToSink && given.getOrDefault(TOPIC, "").isBlank()) {
      SourceValidation.fault(config, TOPIC, "is needed for notifications to sink");
    }
  }

  private static void checkTags(String key, Object value) {
    if (value instanceof List<?> tags) {
      for (Object tag : tags) {
        if (!String.valueOf(tag).matches("[A-Za-z0-9_.-]+=[^,=:\"*?]+")) {
          throw new ConfigException(key, tag, "is not written name=value");
        }
      }
    }
  }
}
