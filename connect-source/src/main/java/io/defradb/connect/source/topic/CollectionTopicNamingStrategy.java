package io.defradb.connect.source.topic;

import java.util.Map;

/**
 * A topic a collection: {@code <topic.prefix>.<collection>}, with {@code topic.delimiter} between
 * them.
 */
public class CollectionTopicNamingStrategy implements TopicNamingStrategy {
  private String prefix = "";
  private String delimiter = ".";
  private String heartbeatPrefix = "";
  private String transaction = "";
  private String conflict = "";

  @Override
  public void configure(Map<String, ?> settings) {
    prefix = text(settings, "topic.prefix");
    delimiter = text(settings, "topic.delimiter");
    heartbeatPrefix = text(settings, "topic.heartbeat.prefix");
    transaction = text(settings, "topic.transaction");
    conflict = text(settings, "topic.conflict");
  }

  static String text(Map<String, ?> settings, String key) {
    Object value = settings.get(key);
    return value == null ? "" : value.toString();
  }

  @Override
  public String dataChangeTopic(String collection) {
    return prefix + delimiter + collection;
  }

  @Override
  public String schemaChangeTopic() {
    return prefix;
  }

  @Override
  public String heartbeatTopic() {
    return heartbeatPrefix + "." + prefix;
  }

  @Override
  public String transactionTopic() {
    return prefix + delimiter + transaction;
  }

  @Override
  public String conflictTopic() {
    return prefix + delimiter + conflict;
  }
}
