package io.defradb.connect.sink.write;

/** Which cluster, and which life of a topic name; empty where unknown. */
public record TopicIdentity(String clusterId, String topicId) {
  public static final TopicIdentity UNKNOWN = new TopicIdentity("", "");
}
