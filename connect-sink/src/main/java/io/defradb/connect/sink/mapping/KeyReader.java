package io.defradb.connect.sink.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.defradb.connect.sink.settings.SinkSettings;
import io.defradb.document.FieldKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.sink.SinkRecord;

/** Reads a document's key, or its DocID, out of a record as the key mode says. */
final class KeyReader {
  private static final List<String> KAFKA_FIELDS =
      List.of("kafka_topic", "kafka_partition", "kafka_offset");
  private static final List<String> DOC_ID_FIELDS = List.of("docID", "_docID");

  private final SinkSettings settings;

  KeyReader(SinkSettings settings) {
    this.settings = settings;
  }

  /** The business key's values as the record has them; never called in mode DOCID. */
  RecordFields fields(SinkRecord record, Change change) {
    return switch (settings.keyMode()) {
      case RECORD_KEY -> fromRecordKey(record, change);
      case RECORD_VALUE -> fromValue(change);
      case KAFKA -> fromPosition(record);
      case DOCID -> throw new IllegalStateException("a DocID is no business key");
    };
  }

  /** The business key as the ingest route takes it. */
  ObjectNode toJson(RecordFields fields, CollectionShape shape) {
    ObjectNode key = JsonNodeFactory.instance.objectNode();
    fields.entries().forEach((name, entry) -> key.set(name, value(name, entry, shape)));
    return key;
  }

  String docId(SinkRecord record) {
    RecordFields fields = RecordFields.of(JsonTexts.structured(record.key()));
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

  private RecordFields fromRecordKey(SinkRecord record, Change change) {
    if (record.key() == null) {
      throw new UnmappableRecord("the record has no key");
    }
    RecordFields fields =
        change.documentKey() == null
            ? RecordFields.renamed(
                RecordFields.of(JsonTexts.structured(record.key())), settings.renamedFields())
            : change.documentKey();
    List<String> names = settings.keyFields();
    if (fields != null) {
      return pick(fields, names.isEmpty() ? List.copyOf(fields.entries().keySet()) : names);
    }
    if (names.size() != 1) {
      throw new UnmappableRecord(
          "the record's key is a single value: primary.key.fields must name the one field it is");
    }
    return new RecordFields(
        Map.of(names.get(0), new RecordFields.Entry(record.keySchema(), record.key())));
  }

  private RecordFields fromValue(Change change) {
    RecordFields fields = change.isDelete() ? change.before() : change.fields();
    if (fields == null) {
      throw new UnmappableRecord(
          "a tombstone has no fields to take the key from: use primary.key.mode=record_key");
    }
    return pick(fields, settings.keyFields());
  }

  /** The record's place, under the names that are set or those of this class. */
  private RecordFields fromPosition(SinkRecord record) {
    List<String> names = settings.keyFields().isEmpty() ? KAFKA_FIELDS : settings.keyFields();
    Map<String, RecordFields.Entry> entries = new LinkedHashMap<>();
    entries.put(names.get(0), new RecordFields.Entry(null, record.originalTopic()));
    entries.put(
        names.get(1), new RecordFields.Entry(null, record.originalKafkaPartition().longValue()));
    entries.put(names.get(2), new RecordFields.Entry(null, record.originalKafkaOffset()));
    return new RecordFields(entries);
  }

  private static RecordFields pick(RecordFields fields, List<String> names) {
    Map<String, RecordFields.Entry> entries = new LinkedHashMap<>();
    for (String name : names) {
      RecordFields.Entry entry = fields.get(name);
      if (entry == null || entry.value() == null) {
        throw new UnmappableRecord("a key field has no value", Map.of("Field", name));
      }
      entries.put(name, entry);
    }
    return new RecordFields(entries);
  }

  private static JsonNode value(String name, RecordFields.Entry entry, CollectionShape shape) {
    FieldKind kind = shape.require(name);
    Object given = entry.value();
    if (given instanceof CharSequence text && (kind == FieldKind.INT || isExtended(text))) {
      given = JsonTexts.value(text.toString()); // Debezium's key of a MongoDB document
    }
    JsonNode json = ConnectValues.toJson(entry.schema(), given, kind);
    return kind == FieldKind.DATE_TIME && json.isTextual()
        ? JsonNodeFactory.instance.textNode(TemporalValues.utc(json.asText()))
        : json;
  }

  private static boolean isExtended(CharSequence text) {
    return text.toString().startsWith("{\"$") || text.toString().startsWith("{ \"$");
  }
}
