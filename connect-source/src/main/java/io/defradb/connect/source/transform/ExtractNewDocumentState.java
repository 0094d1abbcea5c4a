package io.defradb.connect.source.transform;

import io.defradb.connect.source.Version;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.cache.LRUCache;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.CaseInsensitiveValidString;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.connect.components.Versioned;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;

/**
 * From an envelope to the document as it now is, with the settings of Debezium's transform of that
 * kind. Other values, such as heartbeats and tombstones, pass as they are. For one thread.
 */
public final class ExtractNewDocumentState<R extends ConnectRecord<R>>
    implements Transformation<R>, Versioned {
  private static final String DELETES = "delete.tombstone.handling.mode";
  private static final String FIELDS = "add.fields";
  private static final String FIELDS_PREFIX = "add.fields.prefix";
  private static final String HEADERS = "add.headers";
  private static final String HEADERS_PREFIX = "add.headers.prefix";
  private static final String DELETED = "__deleted";
  private static final int SCHEMAS_MAX = 1000;
  private static final ConfigDef DEF =
      new ConfigDef()
          .define(
              DELETES,
              Type.STRING,
              "tombstone",
              CaseInsensitiveValidString.in("tombstone", "drop", "rewrite"),
              Importance.MEDIUM,
              "What becomes of a delete. tombstone: a null value, and the source's own tombstone"
                  + " behind it is left out; drop: nothing, nor of tombstones; rewrite: the document"
                  + " as it was with __deleted=true, which then all have.")
          .define(
              FIELDS,
              Type.LIST,
              "",
              Importance.LOW,
              "Members of the envelope to add to the document, such as op or source.seq.")
          .define(FIELDS_PREFIX, Type.STRING, "__", Importance.LOW, "Before the names of those.")
          .define(
              HEADERS,
              Type.LIST,
              "",
              Importance.LOW,
              "Members of the envelope to add as headers, such as source.cid.")
          .define(HEADERS_PREFIX, Type.STRING, "__", Importance.LOW, "Before the names of those.");

  private final LRUCache<Schema, Schema> schemas = new LRUCache<>(SCHEMAS_MAX);
  private String deletes = "tombstone";
  private List<String> fields = List.of();
  private String fieldsPrefix = "__";
  private List<String> headers = List.of();
  private String headersPrefix = "__";

  @Override
  public String version() {
    return Version.TEXT;
  }

  @Override
  public ConfigDef config() {
    return DEF;
  }

  @Override
  public void configure(Map<String, ?> given) {
    var config = new AbstractConfig(DEF, given, false);
    deletes = config.getString(DELETES).toLowerCase(Locale.ROOT);
    fields = config.getList(FIELDS);
    fieldsPrefix = config.getString(FIELDS_PREFIX);
    headers = config.getList(HEADERS);
    headersPrefix = config.getString(HEADERS_PREFIX);
  }

  @Override
  public @Nullable R apply(R record) {
    Object value = record.value();
    if (value == null) {
      return null; // the delete before it said it
    }
    Members envelope = Envelopes.of(value);
    if (envelope == null) {
      return record;
    }
    boolean isDelete = envelope.text("op").equals("d");
    if (isDelete && deletes.equals("drop")) {
      return null;
    }
    if (isDelete && deletes.equals("tombstone")) {
      return with(record, envelope, null, null);
    }
    Object row = envelope.get(isDelete ? "before" : "after");
    if (row instanceof Struct struct) {
      Struct document = document(struct, (Struct) value, isDelete);
      return with(record, envelope, document.schema(), document);
    }
    return with(record, envelope, null, document(row, envelope, isDelete));
  }

  private Struct document(Struct row, Struct envelope, boolean isDelete) {
    Schema schema = schemas.get(envelope.schema());
    if (schema == null) {
      schema = schema(row.schema(), envelope.schema());
      schemas.put(envelope.schema(), schema);
    }
    Struct document = new Struct(schema);
    for (Field field : row.schema().fields()) {
      document.put(field.name(), row.get(field));
    }
    for (String path : fields) {
      document.put(name(fieldsPrefix, path), at(Members.of(envelope), path));
    }
    if (deletes.equals("rewrite")) {
      document.put(DELETED, String.valueOf(isDelete));
    }
    return document;
  }

  private Schema schema(Schema row, Schema envelope) {
    SchemaBuilder schema = SchemaBuilder.struct().name(row.name()).version(row.version());
    if (row.parameters() != null) {
      schema.parameters(row.parameters());
    }
    row.fields().forEach(field -> schema.field(field.name(), field.schema()));
    for (String path : fields) {
      schema.field(name(fieldsPrefix, path), schemaAt(envelope, path));
    }
    if (deletes.equals("rewrite")) {
      schema.field(DELETED, Schema.OPTIONAL_STRING_SCHEMA);
    }
    return schema.build();
  }

  private Map<String, @Nullable Object> document(
      @Nullable Object row, Members envelope, boolean isDelete) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    if (row instanceof Map<?, ?> map) {
      map.forEach((name, value) -> document.put(String.valueOf(name), value));
    }
    for (String path : fields) {
      document.put(name(fieldsPrefix, path), at(envelope, path));
    }
    if (deletes.equals("rewrite")) {
      document.put(DELETED, String.valueOf(isDelete));
    }
    return document;
  }

  private R with(R record, Members envelope, @Nullable Schema schema, @Nullable Object value) {
    var more = new ConnectHeaders(record.headers());
    for (String path : headers) {
      more.add(name(headersPrefix, path), at(envelope, path), null);
    }
    return record.newRecord(
        record.topic(),
        record.kafkaPartition(),
        record.keySchema(),
        record.key(),
        schema,
        value,
        record.timestamp(),
        more);
  }

  private static @Nullable Object at(Members envelope, String path) {
    Members at = envelope;
    List<String> steps = new ArrayList<>(List.of(path.split("\\.")));
    String last = steps.remove(steps.size() - 1);
    for (String step : steps) {
      at = at == null ? null : at.part(step);
    }
    return at == null ? null : at.get(last);
  }

  /** A member that the envelope does not have is a text, always null. */
  private static Schema schemaAt(Schema envelope, String path) {
    Schema at = envelope;
    for (String step : path.split("\\.")) {
      Field field = at.type() == Schema.Type.STRUCT ? at.field(step) : null;
      if (field == null) {
        return Schema.OPTIONAL_STRING_SCHEMA;
      }
      at = field.schema();
    }
    return optional(at);
  }

  private static Schema optional(Schema schema) {
    if (schema.isOptional() || !schema.type().isPrimitive()) {
      return schema;
    }
    return new SchemaBuilder(schema.type()).name(schema.name()).optional().build();
  }

  private static String name(String prefix, String path) {
    return prefix + path.replace('.', '_');
  }

  @Override
  public void close() {}
}
