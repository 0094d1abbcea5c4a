package io.defradb.connect.sink.mapping;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.defradb.connect.sink.settings.RelationKey;
import io.defradb.connect.sink.settings.SinkSettings;
import io.defradb.connect.sink.settings.SinkSettings.InsertMode;
import io.defradb.connect.sink.settings.SinkSettings.KeyMode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/** Turns a record into an operation. Safe for use by one thread. */
public final class RecordMapper {
  /** Header of events that our source has sent without all of their values. */
  private static final String CLAIM = "defradb.claim";

  private final SinkSettings settings;
  private final Collections collections;
  private final CollectionNames names;
  private final KeyReader keys;
  private final ShapeFitter shapes;

  public RecordMapper(SinkSettings settings, Collections collections) {
    this.settings = settings;
    this.collections = collections;
    this.names = new CollectionNames(settings);
    this.keys = new KeyReader(settings);
    this.shapes = new ShapeFitter(settings, collections);
  }

  /**
   * Empty: the record asks for nothing. It is a delete while deletes are off, or an event of the
   * very collection it would be written to, which knows it already: so a loop settles. Or it is a
   * tombstone, and only events say which collection is meant.
   *
   * @throws UnmappableRecord for the dead letter queue
   */
  public Optional<Operation> map(SinkRecord record) {
    Change change = Change.of(record).renamed(settings.renamedFields());
    String collection = names.of(record);
    if (collection == null
        || change.isDelete() && !settings.isDeleteEnabled()
        || isOwnEvent(change, collection)) {
      return Optional.empty();
    }
    boolean isByDocId = settings.keyMode() == KeyMode.DOCID;
    @Nullable RecordFields keyFields = isByDocId ? null : keys.fields(record, change);
    RecordFields values = values(change, keyFields, claims(record));
    CollectionShape shape = shapes.fit(collection, keyFields, values);
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    ObjectNode increments = JsonNodeFactory.instance.objectNode();
    values.entries().forEach((name, entry) -> fill(name, entry, shape, document, increments));
    ObjectNode relations = relations(change, shape, document);
    String op =
        change.isDelete() ? "delete" : writeOperation(isByDocId, document, increments, relations);
    return Optional.of(
        new Operation(
            op,
            shape.name(),
            isByDocId ? keys.docId(record) : null,
            keyFields == null ? null : keys.toJson(keyFields, shape),
            document,
            increments,
            relations));
  }

  private boolean isOwnEvent(Change change, String collection) {
    Change.Origin origin = change.origin();
    return origin != null
        && origin.collection().equals(collection)
        && origin.feedId().equals(collections.feedId());
  }

  private String writeOperation(
      boolean isByDocId, ObjectNode document, ObjectNode increments, ObjectNode relations) {
    if (isByDocId) {
      return InsertMode.UPDATE.operation();
    }
    boolean isIncrementOnly =
        settings.insertMode() == InsertMode.UPSERT
            && document.isEmpty()
            && relations.isEmpty()
            && !increments.isEmpty();
    return isIncrementOnly ? "increment" : settings.insertMode().operation();
  }

  /** Values that the event was too great for: null there does not mean that they are. */
  private static Set<String> claims(SinkRecord record) {
    Header header = record.headers().lastWithName(CLAIM);
    return header == null || header.value() == null
        ? Set.of()
        : Set.of(header.value().toString().split(","));
  }

  /** What the record has for the document beside its key. */
  private RecordFields values(Change change, @Nullable RecordFields keyFields, Set<String> claims) {
    Map<String, RecordFields.Entry> values = new LinkedHashMap<>();
    if (change.fields() != null) {
      change
          .fields()
          .entries()
          .forEach(
              (name, entry) -> {
                boolean isKey = keyFields != null && keyFields.has(name);
                if (!isKey
                    && !isLeftOut(name)
                    && !isRelationKey(name)
                    && !claims.contains("after." + name)) {
                  values.put(name, entry);
                }
              });
    }
    return new RecordFields(values);
  }

  private void fill(
      String name,
      RecordFields.Entry entry,
      CollectionShape shape,
      ObjectNode document,
      ObjectNode increments) {
    if (!shape.has(name) && FieldTypes.of(entry) == null && settings.isEvolving()) {
      return; // a null for a field that is not there yet
    }
    boolean isAmount = settings.incrementFields().contains(name);
    if (!isAmount || entry.value() != null) {
      (isAmount ? increments : document)
          .set(name, ConnectValues.toJson(entry.schema(), entry.value(), shape.require(name)));
    }
  }

  /** Keys of other documents; one without a value leads nowhere. */
  private ObjectNode relations(Change change, CollectionShape shape, ObjectNode document) {
    ObjectNode relations = JsonNodeFactory.instance.objectNode();
    RecordFields fields = change.fields();
    if (fields == null) {
      return relations;
    }
    for (RelationKey relation : settings.relationKeys()) {
      RecordFields.Entry entry = fields.get(relation.recordField());
      if (entry == null) {
        continue;
      }
      shape.require(relation.relation() + "_id");
      if (entry.value() == null) {
        document.putNull(relation.relation() + "_id");
        relations.remove(relation.relation());
      } else if (!document.has(relation.relation() + "_id")) {
        relations
            .withObject("/" + relation.relation())
            .set(relation.keyField(), ConnectValues.plain(entry.schema(), entry.value()));
      }
    }
    return relations;
  }

  private boolean isRelationKey(String name) {
    return settings.relationKeys().stream()
        .anyMatch(relation -> relation.recordField().equals(name));
  }

  private boolean isLeftOut(String name) {
    boolean isIncluded =
        settings.includedFields().isEmpty() || settings.includedFields().contains(name);
    return !isIncluded || settings.excludedFields().contains(name) || name.equals("_docID");
  }
}
