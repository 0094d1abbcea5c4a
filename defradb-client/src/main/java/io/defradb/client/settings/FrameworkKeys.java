package io.defradb.client.settings;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Kafka Connect's own keys in a connector's settings, as of 4.3. Later releases have more, so one
 * that is not here is a mistake only when it is nearly one that is. Keys of a group of topics are
 * left out: the group's name is the user's, and may be nearly {@code default}.
 */
public final class FrameworkKeys {
  private static final int EDITS_MAX = 2;
  private static final List<String> NAMES =
      List.of(
          "name",
          "connector.class",
          "connector.plugin.version",
          "tasks.max",
          "tasks.max.enforce",
          "config.action.reload",
          "key.converter",
          "key.converter.plugin.version",
          "value.converter",
          "value.converter.plugin.version",
          "header.converter",
          "header.converter.plugin.version",
          "transforms",
          "predicates",
          "errors.retry.timeout",
          "errors.retry.delay.max.ms",
          "errors.tolerance",
          "errors.log.enable",
          "errors.log.include.messages",
          "errors.deadletterqueue.topic.name",
          "errors.deadletterqueue.topic.replication.factor",
          "errors.deadletterqueue.context.headers.enable",
          "topics",
          "topics.regex",
          "topic.creation.groups",
          "exactly.once.support",
          "transaction.boundary",
          "transaction.boundary.interval.ms",
          "offsets.storage.topic",
          "consumer.override.auto.offset.reset",
          "consumer.override.isolation.level");

  private FrameworkKeys() {}

  /**
   * What was meant by a key that looks like the framework's: empty for one that it has, or may
   * have.
   *
   * @param own the connector's keys, which a mistake may come near, too
   */
  public static Optional<String> meant(String key, Collection<String> own) {
    List<String> known = new ArrayList<>(NAMES);
    known.addAll(own);
    return known.contains(key)
        ? Optional.empty()
        : NearestName.of(key, known).filter(name -> NearestName.distance(key, name) <= EDITS_MAX);
  }
}
