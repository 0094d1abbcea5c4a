package io.defradb.connect.sink.settings;

import io.defradb.client.settings.NodeAccess;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.AbstractConfig;

/**
 * A sink's configuration, checked. Immutable.
 *
 * @param task its number among the connector's
 * @param sink the name that positions are stored under: the connector's own
 * @param collectionFormat names the collection of a record; {@code ${topic}} stands for its topic
 * @param includedFields value fields to write; empty: all
 * @param renamedFields old name to new
 * @param isCreating collections that are missing; {@code isEvolving}: adding fields they lack
 * @param incrementFields counter fields whose values are amounts to add
 * @param encryptedFields of documents that the sink creates; {@code isEncrypting}: all of them
 * @param isReducing writes of one document that stand in one batch become one
 * @param peersWaitedFor how many have to store a batch before its offsets are committed
 */
public record SinkSettings(
    String sink,
    int task,
    NodeAccess node,
    String collectionFormat,
    InsertMode insertMode,
    boolean isDeleteEnabled,
    KeyMode keyMode,
    List<String> keyFields,
    String match,
    Set<String> includedFields,
    Set<String> excludedFields,
    Map<String, String> renamedFields,
    List<RelationKey> relationKeys,
    boolean isCreating,
    boolean isEvolving,
    Set<String> incrementFields,
    boolean isEncrypting,
    Set<String> encryptedFields,
    int batchSizeMax,
    boolean isReducing,
    int peersWaitedFor,
    int retriesMax,
    Duration retryDelay,
    boolean isPositionAdopted,
    NodeChange nodeChange,
    Map<String, Object> adminClient) {

  /** The key by which the connector tells a task its number. */
  public static final String TASK = "task.id";

  public enum InsertMode {
    INSERT("create"),
    UPSERT("upsert"),
    UPDATE("update");

    private final String operation;

    InsertMode(String operation) {
      this.operation = operation;
    }

    /** The word of the ingest route. */
    public String operation() {
      return operation;
    }
  }

  /** What is done when the node has nothing of a partition whose records went to another node. */
  public enum NodeChange {
    FAIL,
    REPLAY,
    CONTINUE
  }

  /** Where a document's key comes from. */
  public enum KeyMode {
    RECORD_KEY,
    RECORD_VALUE,
    KAFKA,
    DOCID
  }

  /** {@code given}: as Connect hands it over, aliases and all. */
  public static SinkSettings of(Map<String, String> given) {
    var config = new AbstractConfig(SinkConfigDef.DEF, SinkAliases.resolve(given), false);
    return new SinkSettings(
        given.getOrDefault("name", ""),
        Integer.parseInt(given.getOrDefault(TASK, "0")),
        NodeKeys.access(config),
        config.getString(SinkConfigDef.COLLECTION_FORMAT),
        InsertMode.valueOf(upper(config.getString(SinkConfigDef.INSERT_MODE))),
        config.getBoolean(SinkConfigDef.DELETE_ENABLED),
        KeyMode.valueOf(upper(config.getString(SinkConfigDef.KEY_MODE))),
        config.getList(SinkConfigDef.KEY_FIELDS),
        config.getString(SinkConfigDef.MATCH),
        Set.copyOf(config.getList(SinkConfigDef.FIELDS_INCLUDED)),
        Set.copyOf(config.getList(SinkConfigDef.FIELDS_EXCLUDED)),
        pairs(config.getList(SinkConfigDef.FIELDS_RENAMED)),
        config.getList(SinkConfigDef.RELATION_FIELDS).stream().map(RelationKey::parse).toList(),
        config.getBoolean(SinkConfigDef.AUTO_CREATE),
        config.getString(SinkConfigDef.EVOLUTION).equalsIgnoreCase("basic"),
        Set.copyOf(config.getList(SinkConfigDef.INCREMENT_FIELDS)),
        config.getBoolean(SinkConfigDef.ENCRYPT),
        Set.copyOf(config.getList(SinkConfigDef.ENCRYPT_FIELDS)),
        config.getInt(SinkConfigDef.BATCH_SIZE),
        config.getBoolean(SinkConfigDef.REDUCTION),
        SinkConfigDef.peers(config.getString(SinkConfigDef.WAIT_FOR)),
        config.getInt(SinkConfigDef.RETRIES_MAX),
        Duration.ofMillis(config.getLong(SinkConfigDef.RETRY_DELAY)),
        config.getBoolean(SinkConfigDef.POSITION_ADOPT),
        NodeChange.valueOf(upper(config.getString(SinkConfigDef.NODE_CHANGE))),
        config.originalsWithPrefix(SinkConfigDef.ADMIN_PREFIX));
  }

  /** Members of each event's {@code source} are part of its collection's name. */
  public boolean isNamedBySource() {
    return collectionFormat.contains("${source.");
  }

  public String collection(String topic) {
    return collectionFormat.replace("${topic}", topic);
  }

  private static Map<String, String> pairs(List<String> texts) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String text : texts) {
      int colon = text.indexOf(':');
      pairs.put(text.substring(0, colon), text.substring(colon + 1));
    }
    return pairs;
  }

  private static String upper(String word) {
    return word.toUpperCase(java.util.Locale.ROOT);
  }
}
