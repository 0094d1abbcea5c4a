package io.defradb.connect.source.transform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.defradb.connect.source.Version;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.components.Versioned;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;

/**
 * Makes of each document of an outbox collection the message that it holds: topic by its type, key
 * by its aggregate, value its payload, its ID as a header. Settings are named as those of
 * Debezium's router for collections. Updates are faults, deletes and tombstones clean up and are no
 * messages; what is no event of a document, such as a heartbeat, passes as it is. For one thread.
 */
public final class OutboxRouter<R extends ConnectRecord<R>>
    implements Transformation<R>, Versioned {
  private static final String ID = "collection.field.event.id";
  private static final String KEY = "collection.field.event.key";
  private static final String PAYLOAD = "collection.field.event.payload";
  private static final String EXPANDED = "collection.expand.json.payload";
  private static final String MORE_HEADERS = "collection.fields.additional.placement";
  private static final String ROUTE = "route.by.field";
  private static final String TOPIC = "route.topic.replacement";
  private static final String ROUTED_BY = "${routedByValue}";
  private static final ConfigDef DEF =
      new ConfigDef()
          .define(
              ID,
              Type.STRING,
              "",
              Importance.MEDIUM,
              "Field with the message's ID, which becomes the header id; empty: the DocID.")
          .define(KEY, Type.STRING, "aggregateid", Importance.MEDIUM, "Field with its key.")
          .define(PAYLOAD, Type.STRING, "payload", Importance.MEDIUM, "Field with its value.")
          .define(
              EXPANDED,
              Type.BOOLEAN,
              false,
              Importance.LOW,
              "Whether a payload that is JSON is sent as what it says, not as text.")
          .define(
              MORE_HEADERS,
              Type.LIST,
              "",
              Importance.LOW,
              "Fields to add as headers, as field:header or field:header:name.")
          .define(
              ROUTE, Type.STRING, "aggregatetype", Importance.MEDIUM, "Field that names the topic.")
          .define(
              TOPIC,
              Type.STRING,
              "outbox.event." + ROUTED_BY,
              Importance.MEDIUM,
              "The topic; " + ROUTED_BY + " stands for that field's value.");

  /** A field and the header that it becomes. */
  private record Placement(String field, String header) {
    static Placement parse(String text) {
      String[] parts = text.split(":", -1);
      if (parts.length < 2 || parts.length > 3 || !parts[1].equals("header")) {
        throw new ConfigException(MORE_HEADERS, text, "must be field:header or field:header:name");
      }
      return new Placement(parts[0], parts[parts.length == 3 ? 2 : 0]);
    }
  }

  private final ObjectMapper json = new ObjectMapper();
  private AbstractConfig config = new AbstractConfig(DEF, Map.of(), false);
  private List<Placement> placements = List.of();

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
    config = new AbstractConfig(DEF, given, false);
    placements = config.getList(MORE_HEADERS).stream().map(Placement::parse).toList();
  }

  @Override
  public @Nullable R apply(R record) {
    if (record.value() == null) {
      return null;
    }
    Members envelope = Envelopes.of(record.value());
    if (envelope == null) {
      return record;
    }
    return switch (envelope.text("op")) {
      case "c", "r" -> message(record, Members.of(envelope.get("after")));
      case "d" -> null;
      default ->
          throw new DataException(
              "a document of an outbox was changed, and a message that was sent cannot be: "
                  + record.key());
    };
  }

  private R message(R record, Members document) {
    var headers = new ConnectHeaders(record.headers());
    headers.addString("id", id(record, document));
    for (Placement placement : placements) {
      Object value = document.get(placement.field());
      headers.add(placement.header(), value, value instanceof String ? Schema.STRING_SCHEMA : null);
    }
    Object payload = document.get(config.getString(PAYLOAD));
    boolean isExpanded = config.getBoolean(EXPANDED) && payload instanceof String;
    return record.newRecord(
        config.getString(TOPIC).replace(ROUTED_BY, required(document, ROUTE)),
        null,
        Schema.STRING_SCHEMA,
        required(document, KEY),
        isExpanded || !(payload instanceof String) ? null : Schema.STRING_SCHEMA,
        isExpanded ? expanded(String.valueOf(payload)) : payload,
        record.timestamp(),
        headers);
  }

  private String id(R record, Members document) {
    return config.getString(ID).isEmpty()
        ? Members.of(record.key()).text("docID")
        : required(document, ID);
  }

  /** Text and numbers as text. */
  private String required(Members document, String key) {
    Object value = document.get(config.getString(key));
    if (value == null) {
      throw new DataException(
          "a document of an outbox has no " + config.getString(key) + ", which " + key + " names");
    }
    return value.toString();
  }

  private @Nullable Object expanded(String payload) {
    try {
      return json.readValue(payload, Object.class);
    } catch (JsonProcessingException e) {
      throw new DataException("a payload is no JSON", e);
    }
  }

  @Override
  public void close() {}
}
