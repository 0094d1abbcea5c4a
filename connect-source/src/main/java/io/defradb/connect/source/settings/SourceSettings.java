package io.defradb.connect.source.settings;

import io.defradb.client.settings.NodeAccess;
import io.defradb.connect.source.notification.NotificationSettings;
import io.defradb.connect.source.signal.SignalSettings;
import io.defradb.connect.source.topic.TopicNamingStrategy;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;

/**
 * A source's configuration, checked. Immutable.
 *
 * @param name the connector's own
 * @param choice as it was given
 * @param collections of it: all that were named, or those that the connector has found
 * @param heartbeat zero: none
 */
public record SourceSettings(
    String name,
    NodeAccess node,
    String topicPrefix,
    TopicNamingStrategy topics,
    CollectionChoice choice,
    Guardrail guardrail,
    List<String> collections,
    Duration discovery,
    OutputFormat format,
    EventLook look,
    boolean areTombstonesSent,
    ChangeFilter filter,
    boolean areTransactionsTold,
    boolean areConflictsTold,
    boolean areSchemaChangesTold,
    SnapshotStart start,
    int shards,
    int batchSize,
    Duration pollWait,
    Duration heartbeat,
    ReadLimits limits,
    int chunkSize,
    SignalSettings signals,
    NotificationSettings notifications,
    Map<String, String> metricTags) {
  /** Where the connector tells its tasks which collections it has found; users never write it. */
  public static final String CHOSEN = "defradb.task.collections";

  public enum OutputFormat {
    ENVELOPE,
    DOCUMENT,
    COMMIT
  }

  public enum SnapshotMode {
    INITIAL,
    ALWAYS,
    INITIAL_ONLY,
    NO_DATA,
    WHEN_NEEDED,
    SINCE
  }

  public static SourceSettings of(Map<String, String> given) {
    var config = new AbstractConfig(SourceConfigDef.DEF, given, false);
    String prefix = config.getString(TopicKeys.PREFIX);
    CollectionChoice choice = FilterKeys.collections(config);
    return new SourceSettings(
        given.getOrDefault("name", prefix),
        NodeKeys.access(config),
        prefix,
        TopicKeys.strategy(config),
        choice,
        Guardrail.of(config),
        choice.of(chosen(given)),
        Duration.ofMillis(config.getLong(FilterKeys.DISCOVERY)),
        OutputFormat.valueOf(upper(config.getString(EventKeys.OUTPUT_FORMAT))),
        EventKeys.look(config),
        config.getBoolean(EventKeys.TOMBSTONES),
        ChangeFilter.of(config),
        config.getBoolean(TopicKeys.TRANSACTIONS),
        config.getBoolean(TopicKeys.CONFLICTS),
        config.getBoolean(TopicKeys.SCHEMA_CHANGES),
        SnapshotKeys.start(config),
        config.getInt(SourceConfigDef.SHARDS),
        config.getInt(SourceConfigDef.BATCH_SIZE),
        Duration.ofMillis(config.getLong(SourceConfigDef.POLL_INTERVAL)),
        Duration.ofMillis(config.getLong(SourceConfigDef.HEARTBEAT_INTERVAL)),
        ReadLimits.of(config),
        config.getInt(SignalKeys.CHUNK_SIZE),
        SignalKeys.settings(config, prefix),
        NotificationKeys.settings(config),
        NotificationKeys.tags(config));
  }

  private static List<String> chosen(Map<String, String> given) {
    String names = given.getOrDefault(CHOSEN, "");
    return names.isEmpty() ? List.of() : List.of(names.split(","));
  }

  public String topic(String collection) {
    return topics.dataChangeTopic(collection);
  }

  public SnapshotMode snapshotMode() {
    return start.mode();
  }

  private static String upper(String word) {
    return word.toUpperCase(Locale.ROOT);
  }
}
