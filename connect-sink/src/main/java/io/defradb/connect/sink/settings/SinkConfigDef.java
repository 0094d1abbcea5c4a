package io.defradb.connect.sink.settings;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;

/** The sink's keys, named as in Debezium's JDBC sink where it has the same thing. */
public final class SinkConfigDef {
  static final String COLLECTION_FORMAT = "collection.name.format";
  static final String INSERT_MODE = "insert.mode";
  static final String DELETE_ENABLED = "delete.enabled";
  static final String KEY_MODE = "primary.key.mode";
  static final String KEY_FIELDS = "primary.key.fields";
  static final String MATCH = "primary.key.match";
  static final String FIELDS_INCLUDED = "field.include.list";
  static final String FIELDS_EXCLUDED = "field.exclude.list";
  static final String FIELDS_RENAMED = "field.rename";
  static final String RELATION_FIELDS = "relation.fields";
  static final String AUTO_CREATE = "auto.create";
  static final String EVOLUTION = "schema.evolution";
  static final String INCREMENT_FIELDS = "crdt.increment.fields";
  static final String ENCRYPT = "defradb.encrypt";
  static final String ENCRYPT_FIELDS = "defradb.encrypt.fields";
  static final String BATCH_SIZE = "batch.size";
  static final String REDUCTION = "use.reduction.buffer";
  static final String WAIT_FOR = "wait.for";
  static final String RETRIES_MAX = "flush.max.retries";
  static final String RETRY_DELAY = "flush.retry.delay.ms";
  static final String NODE_CHANGE = "defradb.node.change.mode";
  static final String POSITION_ADOPT = "defradb.position.adopt";
  static final String ADMIN_PREFIX = "admin.";

  private static final Pattern REPLICATED = Pattern.compile("replicated\\(([1-9][0-9]?)\\)");
  private static final String DOCUMENTS = "Documents";
  private static final String SCHEMA = "Schema";
  private static final String WRITES = "Writes";

  public static final ConfigDef DEF = Form.of(definition());

  private SinkConfigDef() {}

  private static ConfigDef definition() {
    var def = new ConfigDef();
    NodeKeys.define(def);
    def.define(
        COLLECTION_FORMAT,
        Type.STRING,
        "${topic}",
        new ConfigDef.NonEmptyString(),
        Importance.HIGH,
        "Collection that a record goes to; ${topic} stands for its topic, ${source.table} and the"
            + " like for what a change event says of its source.",
        DOCUMENTS,
        1,
        Width.MEDIUM,
        "Collection");
    def.define(
        INSERT_MODE,
        Type.STRING,
        "upsert",
        Words.of("insert", "upsert", "update"),
        Importance.HIGH,
        "insert: the document must be new; upsert: new or known; update: it must be known.",
        DOCUMENTS,
        2,
        Width.SHORT,
        "Insert mode");
    def.define(
        DELETE_ENABLED,
        Type.BOOLEAN,
        false,
        Importance.MEDIUM,
        "Whether tombstones and delete events delete documents; otherwise they are passed over.",
        DOCUMENTS,
        3,
        Width.SHORT,
        "Deletes");
    def.define(
        KEY_MODE,
        Type.STRING,
        "record_key",
        Words.of("record_key", "record_value", "kafka", "docid"),
        Importance.HIGH,
        "Where a document's key comes from: the record's key, fields of its value, its topic,"
            + " partition and offset, or a DocID (update and delete only).",
        DOCUMENTS,
        4,
        Width.SHORT,
        "Key mode");
    def.define(
        KEY_FIELDS,
        Type.LIST,
        "",
        Importance.HIGH,
        "Fields that make the key. Needed for record_value and for a key that is a single value;"
            + " for a structured key, empty means all its fields.",
        DOCUMENTS,
        5,
        Width.LONG,
        "Key fields");
    def.define(
        MATCH,
        Type.STRING,
        "key",
        Words.of("key", "index"),
        Importance.LOW,
        "key: documents that this sink's rule has made; index: documents found by a unique index on"
            + " exactly the key fields.",
        DOCUMENTS,
        6,
        Width.SHORT,
        "Key match");
    def.define(
        FIELDS_INCLUDED,
        Type.LIST,
        "",
        Importance.MEDIUM,
        "Value fields to write; empty: all.",
        DOCUMENTS,
        7,
        Width.LONG,
        "Included fields");
    def.define(
        FIELDS_EXCLUDED,
        Type.LIST,
        "",
        Importance.MEDIUM,
        "Value fields to leave out.",
        DOCUMENTS,
        8,
        Width.LONG,
        "Excluded fields");
    def.define(
        INCREMENT_FIELDS,
        Type.LIST,
        "",
        Importance.MEDIUM,
        "Counter fields: a record's value is the amount to add.",
        DOCUMENTS,
        9,
        Width.LONG,
        "Increment fields");
    def.define(
        ENCRYPT,
        Type.BOOLEAN,
        false,
        Importance.MEDIUM,
        "Whether documents that this sink creates are encrypted, all their fields.",
        DOCUMENTS,
        10,
        Width.SHORT,
        "Encrypt");
    def.define(
        ENCRYPT_FIELDS,
        Type.LIST,
        "",
        Importance.MEDIUM,
        "Fields that are encrypted, each with a key of its own, in documents that this sink"
            + " creates.",
        DOCUMENTS,
        11,
        Width.LONG,
        "Encrypted fields");
    def.define(
        FIELDS_RENAMED,
        Type.LIST,
        "_id:id",
        pairs(),
        Importance.LOW,
        "Fields of keys and values that have another name in the collection, as old:new. What other"
            + " settings name are new names.",
        DOCUMENTS,
        12,
        Width.LONG,
        "Renamed fields");
    def.define(
        RELATION_FIELDS,
        Type.LIST,
        "",
        relations(),
        Importance.MEDIUM,
        "Fields that hold the key of a related document, as field:relation.keyField; several of one"
            + " relation make its key together. The related document may come later.",
        DOCUMENTS,
        13,
        Width.LONG,
        "Relation fields");
    def.define(
        AUTO_CREATE,
        Type.BOOLEAN,
        false,
        Importance.MEDIUM,
        "Whether a collection that is missing is created, with the first record's fields and an Int"
            + " field generation, so that deleted keys can come back.",
        SCHEMA,
        1,
        Width.SHORT,
        "Create collections");
    def.define(
        EVOLUTION,
        Type.STRING,
        "none",
        Words.of("none", "basic"),
        Importance.MEDIUM,
        "basic: fields that a collection lacks are added by a schema patch; fields are never changed"
            + " or removed. none: a record with an unknown field is an error.",
        SCHEMA,
        2,
        Width.SHORT,
        "Schema evolution");
    def.define(
        BATCH_SIZE,
        Type.INT,
        500,
        Range.between(1, 10_000),
        Importance.MEDIUM,
        "Records in one transaction of the node, at most.",
        WRITES,
        1,
        Width.SHORT,
        "Batch size");
    def.define(
        RETRIES_MAX,
        Type.INT,
        30,
        Range.between(-1, 10_000),
        Importance.MEDIUM,
        "How often a batch is sent again while the node is away, busy, full or in conflict, before"
            + " the task fails; -1: for ever. Delivery pauses meanwhile.",
        WRITES,
        2,
        Width.SHORT,
        "Retries");
    def.define(
        RETRY_DELAY,
        Type.LONG,
        1000L,
        Range.between(1, 300_000),
        Importance.MEDIUM,
        "Milliseconds before the first retry; doubled up to half a minute.",
        WRITES,
        3,
        Width.SHORT,
        "Retry delay");
    def.define(
        POSITION_ADOPT,
        Type.BOOLEAN,
        false,
        Importance.LOW,
        "Take over positions that another Kafka cluster or an earlier topic of the same name has"
            + " stored. Set it once, knowing that offsets start anew.",
        WRITES,
        4,
        Width.SHORT,
        "Adopt positions");
    def.define(
        NODE_CHANGE,
        Type.STRING,
        "fail",
        Words.of("fail", "replay", "continue"),
        Importance.MEDIUM,
        "What to do when the node has nothing of a partition whose records this sink has delivered"
            + " to another node, or before the node was purged. fail: the task says so and stops;"
            + " replay: the node gets every record that the topic keeps; continue: only those that"
            + " follow. A node that has a position goes on from there.",
        WRITES,
        5,
        Width.SHORT,
        "Changed node");
    def.define(
        REDUCTION,
        Type.BOOLEAN,
        false,
        Importance.LOW,
        "Whether upserts, or updates, of one document that stand in one batch are written as one,"
            + " with the last value of each field: fewer commits, and the values between are in no"
            + " history.",
        WRITES,
        6,
        Width.SHORT,
        "Reduction buffer");
    def.define(
        WAIT_FOR,
        Type.STRING,
        "stored",
        ConfigDef.LambdaValidator.with(
            (name, value) -> checkWait(name, String.valueOf(value)),
            () -> "stored or replicated(n)"),
        Importance.MEDIUM,
        "When a batch is done, so that its offsets are committed and the next one goes: stored, the"
            + " node has it; replicated(n), n of the node's replicators have acknowledged it, too."
            + " A batch that they do not acknowledge in time is sent again, as one that the node"
            + " does not store.",
        WRITES,
        7,
        Width.SHORT,
        "Wait for");
    return def;
  }

  private static void checkWait(String name, String value) {
    if (!value.equals("stored") && !REPLICATED.matcher(value).matches()) {
      throw new ConfigException(
          name, value, "must be stored, or replicated(n) with n from 1 to 99");
    }
  }

  /** {@code value}: of {@link #WAIT_FOR}, checked. */
  static int peers(String value) {
    Matcher replicated = REPLICATED.matcher(value);
    return replicated.matches() ? Integer.parseInt(replicated.group(1)) : 0;
  }

  private static ConfigDef.Validator pairs() {
    return ConfigDef.LambdaValidator.with(
        (name, value) -> {
          for (Object pair : value instanceof List<?> list ? list : List.of()) {
            if (!String.valueOf(pair).matches("[^:]+:[^:]+")) {
              throw new ConfigException(name, pair, "must be old:new");
            }
          }
        },
        () -> "old:new,...");
  }

  private static ConfigDef.Validator relations() {
    return ConfigDef.LambdaValidator.with(
        (name, value) -> {
          for (Object text : value instanceof List<?> list ? list : List.of()) {
            try {
              RelationKey.parse(String.valueOf(text));
            } catch (IllegalArgumentException e) {
              throw new ConfigException(name, text, e.getMessage());
            }
          }
        },
        () -> "field:relation.keyField,...");
  }
}
