package io.defradb.connect.sink.mapping;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.defradb.connect.sink.settings.SinkSettings;
import io.defradb.connect.sink.settings.SinkSettings.InsertMode;
import io.defradb.connect.sink.settings.SinkSettings.KeyMode;
import io.defradb.document.FieldKind;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/** Turns a record into an operation. Pure; safe for use by many threads. */
public final class RecordMapper {
  private final SinkSettings settings;
  private final Function<String, CollectionShape> shapes;
  private final KeyReader keys;

  /** {@code shapes}: of a collection by name; throws when there is none. */
  public RecordMapper(SinkSettings settings, Function<String, CollectionShape> shapes) {
    this.settings = settings;
    this.shapes = shapes;
    this.keys = new KeyReader(settings);
  }

  /**
   * Empty: the record asks for nothing (a delete while deletes are off).
   *
   * @throws UnmappableRecord for the dead letter queue
   */
  public Optional<Operation> map(SinkRecord record) {
    Change change = Change.of(record);
    if (change.isDelete() && !settings.isDeleteEnabled()) {
      return Optional.empty();
    }
    CollectionShape shape = shapes.apply(settings.collection(record.topic()));
    boolean isByDocId = settings.keyMode() == KeyMode.DOCID;
    @Nullable String docId = isByDocId ? keys.docId(record) : null;
    @Nullable ObjectNode key = isByDocId ? null : keys.key(record, change, shape);
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    ObjectNode increments = JsonNodeFactory.instance.objectNode();
    if (change.fields() != null) {
      fill(change.fields(), key, shape, document, increments);
    }
    String op = change.isDelete() ? "delete" : writeOperation(isByDocId, document, increments);
    return Optional.of(new Operation(op, shape.name(), docId, key, document, increments));
  }

  private String writeOperation(boolean isByDocId, ObjectNode document, ObjectNode increments) {
    if (isByDocId) {
      return InsertMode.UPDATE.operation();
    }
    boolean isIncrementOnly =
        settings.insertMode() == InsertMode.UPSERT && document.isEmpty() && !increments.isEmpty();
    return isIncrementOnly ? "increment" : settings.insertMode().operation();
  }

  private void fill(
      RecordFields fields,
      @Nullable ObjectNode key,
      CollectionShape shape,
      ObjectNode document,
      ObjectNode increments) {
    fields
        .entries()
        .forEach(
            (name, entry) -> {
              boolean isKey = key != null && key.has(name);
              if (isKey || isLeftOut(name)) {
                return;
              }
              FieldKind kind = shape.kind(name);
              if (kind == null) {
                throw new UnmappableRecord(
                    "the collection has no such field",
                    Map.of("Collection", shape.name(), "Field", name));
              }
              if (!settings.incrementFields().contains(name)) {
                document.set(name, ConnectValues.toJson(entry.schema(), entry.value(), kind));
              } else if (entry.value() != null) {
                increments.set(name, ConnectValues.toJson(entry.schema(), entry.value(), kind));
              }
            });
  }

  private boolean isLeftOut(String name) {
    boolean isIncluded =
        settings.includedFields().isEmpty() || settings.includedFields().contains(name);
    return !isIncluded || settings.excludedFields().contains(name) || name.equals("_docID");
  }
}
