package io.defradb.connect.sink.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.defradb.connect.sink.settings.SinkSettings;
import io.defradb.document.FieldKind;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/** Reads a document's key, or its DocID, out of a record as the key mode says. */
final class KeyReader {
  private static final List<String> KAFKA_FIELDS =
      List.of("__connect_topic", "__connect_partition", "__connect_offset");
  private static final List<String> DOC_ID_FIELDS = List.of("docID", "_docID");

  private final SinkSettings settings;

  KeyReader(SinkSettings settings) {
    this.settings = settings;
  }

  /** The business key; never called in mode DOCID. */
  ObjectNode key(SinkRecord record, Change change, CollectionShape shape) {
    return switch (settings.keyMode()) {
      case RECORD_KEY -> fromRecordKey(record, shape);
      case RECORD_VALUE -> fromValue(change, shape);
      case KAFKA -> fromPosition(record, shape);
      case DOCID -> throw new IllegalStateException("a DocID is no business key");
    };
  }

  String docId(SinkRecord record) {
    RecordFields fields = RecordFields.of(record.key());
    Object docId = fields == null ? record.key() : null;
    if (fields != null) {
      for (String name : DOC_ID_FIELDS) {
        docId = docId == null ? fields.value(name) : docId;
      }
    }
    if (docId instanceof String text && !text.isEmpty()) {
      return text;
    }
    throw new UnmappableRecord("the record's key holds no DocID");
  }

  private ObjectNode fromRecordKey(SinkRecord record, CollectionShape shape) {
    if (record.key() == null) {
      throw new UnmappableRecord("the record has no key");
    }
    RecordFields fields = RecordFields.of(record.key());
    List<String> names = settings.keyFields();
    if (fields != null) {
      return pick(fields, names.isEmpty() ? List.copyOf(fields.entries().keySet()) : names, shape);
    }
    if (names.size() != 1) {
      throw new UnmappableRecord(
          "the record's key is a single value: primary.key.fields must name the one field it is");
    }
    ObjectNode key = JsonNodeFactory.instance.objectNode();
    key.set(
        names.get(0),
        value(names.get(0), new RecordFields.Entry(record.keySchema(), record.key()), shape));
    return key;
  }

  private ObjectNode fromValue(Change change, CollectionShape shape) {
    RecordFields fields = change.isDelete() ? change.before() : change.fields();
    if (fields == null) {
      throw new UnmappableRecord(
          "a tombstone has no fields to take the key from: use primary.key.mode=record_key");
    }
    return pick(fields, settings.keyFields(), shape);
  }

  private static ObjectNode fromPosition(SinkRecord record, CollectionShape shape) {
    Map<String, Object> position =
        Map.of(
            KAFKA_FIELDS.get(0), record.topic(),
            KAFKA_FIELDS.get(1), record.kafkaPartition(),
            KAFKA_FIELDS.get(2), record.kafkaOffset());
    ObjectNode key = JsonNodeFactory.instance.objectNode();
    for (String name : KAFKA_FIELDS) {
      key.set(name, value(name, new RecordFields.Entry(null, position.get(name)), shape));
    }
    return key;
  }

  private static ObjectNode pick(RecordFields fields, List<String> names, CollectionShape shape) {
    ObjectNode key = JsonNodeFactory.instance.objectNode();
    for (String name : names) {
      RecordFields.Entry entry = fields.get(name);
      if (entry == null || entry.value() == null) {
        throw new UnmappableRecord("a key field has no value", Map.of("Field", name));
      }
      key.set(name, value(name, entry, shape));
    }
    return key;
  }

  private static JsonNode value(String name, RecordFields.Entry entry, CollectionShape shape) {
    @Nullable FieldKind kind = shape.kind(name);
    if (kind == null) {
      throw new UnmappableRecord(
          "the collection has no such field", Map.of("Collection", shape.name(), "Field", name));
    }
    return ConnectValues.toJson(entry.schema(), entry.value(), kind);
  }
}
