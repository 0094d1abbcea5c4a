package io.defradb.connect.source.settings;

import io.defradb.client.settings.NodeAccess;
import io.defradb.connect.source.signal.SignalSettings;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;

/**
 * A source's configuration, checked. Immutable.
 *
 * @param name the connector's own
 * @param transactionTopic empty: none
 * @param heartbeat zero: none
 */
public record SourceSettings(
    String name,
    NodeAccess node,
    String topicPrefix,
    String topicDelimiter,
    List<String> collections,
    OutputFormat format,
    boolean areTombstonesSent,
    ChangeFilter filter,
    String transactionTopic,
    SnapshotMode snapshotMode,
    int shards,
    int batchSize,
    Duration pollWait,
    Duration heartbeat,
    String heartbeatTopic,
    int chunkSize,
    SignalSettings signals) {

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
    WHEN_NEEDED
  }

  public static SourceSettings of(Map<String, String> given) {
    var config = new AbstractConfig(SourceConfigDef.DEF, given, false);
    String prefix = config.getString(SourceConfigDef.TOPIC_PREFIX);
    return new SourceSettings(
        given.getOrDefault("name", prefix),
        NodeKeys.access(config),
        prefix,
        config.getString(SourceConfigDef.TOPIC_DELIMITER),
        config.getList(SourceConfigDef.COLLECTIONS),
        OutputFormat.valueOf(upper(config.getString(SourceConfigDef.OUTPUT_FORMAT))),
        config.getBoolean(SourceConfigDef.TOMBSTONES),
        ChangeFilter.of(config),
        config.getBoolean(SourceConfigDef.TRANSACTIONS)
            ? prefix
                + config.getString(SourceConfigDef.TOPIC_DELIMITER)
                + config.getString(SourceConfigDef.TRANSACTION_TOPIC)
            : "",
        SnapshotMode.valueOf(upper(config.getString(SourceConfigDef.SNAPSHOT_MODE))),
        config.getInt(SourceConfigDef.SHARDS),
        config.getInt(SourceConfigDef.BATCH_SIZE),
        Duration.ofMillis(config.getLong(SourceConfigDef.POLL_INTERVAL)),
        Duration.ofMillis(config.getLong(SourceConfigDef.HEARTBEAT_INTERVAL)),
        config.getString(SourceConfigDef.HEARTBEAT_PREFIX) + "." + prefix,
        config.getInt(SignalKeys.CHUNK_SIZE),
        SignalKeys.settings(config, prefix));
  }

  public String topic(String collection) {
    return topicPrefix + topicDelimiter + collection;
  }

  private static String upper(String word) {
    return word.toUpperCase(Locale.ROOT);
  }
}
