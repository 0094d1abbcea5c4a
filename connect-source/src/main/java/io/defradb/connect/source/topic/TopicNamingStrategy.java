package io.defradb.connect.source.topic;

import org.apache.kafka.common.Configurable;

/**
 * Names the source's topics; {@code topic.naming.strategy} chooses one by its class. {@code
 * configure} is given every setting of the connector first, defaults included. The same question
 * must always have the same answer: schemas are named after topics, too. Safe for use by many
 * threads once configured.
 */
public interface TopicNamingStrategy extends Configurable {

  /** Where change events of a collection go. */
  String dataChangeTopic(String collection);

  /** Where changes of collections themselves go. */
  String schemaChangeTopic();

  /** Where heartbeats go. */
  String heartbeatTopic();

  /** Where transactions are bracketed. */
  String transactionTopic();

  /** Where values go that a merge has lost. */
  String conflictTopic();
}
