package io.defradb.db.index;

import io.defradb.db.keys.Columns;
import io.defradb.db.keys.DocumentKey;
import io.defradb.db.keys.StoredFields;
import io.defradb.db.overlay.Overlay;
import io.defradb.document.DocId;
import io.defradb.document.FieldKind;
import io.defradb.document.Value;
import io.defradb.document.ValueCbor;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.multiformats.Bytes;
import io.defradb.schema.CollectionVersion;
import io.defradb.schema.IndexDescription;
import io.defradb.storage.Cursor;
import io.defradb.storage.KeyRange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the entries of a document in step with its values, inside its transaction. Safe for use by
 * many threads.
 */
public final class DocumentIndexes {
  static final byte[] EMPTY = new byte[0];
  private static final int PRODUCT_MAX = 10_000;

  private final IndexKeys keys;
  private final HiddenIndexes hidden;
  private final FieldOrders orders = new FieldOrders();

  public DocumentIndexes(IndexKeys keys) {
    this.keys = keys;
    this.hidden = new HiddenIndexes(keys);
  }

  /** Entries that nobody has asked for. */
  public HiddenIndexes hidden() {
    return hidden;
  }

  /**
   * Replaces the entries of one document.
   *
   * @param before value CBOR of the fields set before the change; {@code null}: the document was
   *     not there
   * @param after the same after it; {@code null}: it is not there any more
   * @param onViolation gets UNIQUE_VIOLATION; when it returns, the entries are made all the same
   */
  public void update(
      Overlay overlay,
      int collection,
      CollectionVersion version,
      DocId docId,
      @Nullable Map<String, Bytes> before,
      @Nullable Map<String, Bytes> after,
      Consumer<DefraException> onViolation) {
    for (IndexDescription index : version.indexes()) {
      boolean isTouched =
          before == null
              || after == null
              || index.fields().stream()
                  .anyMatch(
                      field -> !value(before, field.name()).equals(value(after, field.name())));
      if (isTouched) {
        Set<List<Bytes>> old = entries(version, index, before);
        Set<List<Bytes>> now = entries(version, index, after);
        old.stream()
            .filter(entry -> !now.contains(entry))
            .forEach(
                entry ->
                    overlay.delete(
                        Columns.INDEX, keys.entry(collection, index.id(), entry, docId)));
        if (after != null && index.isUnique() && isRepeating(version, index, after)) {
          onViolation.accept(violation(version, index, docId, after));
        }
        for (List<Bytes> entry : now) {
          if (after != null && !old.contains(entry)) {
            add(overlay, collection, version, index, docId, entry, after, onViolation);
          }
        }
      }
    }
  }

  /** JSON that holds a leaf twice meets itself in a unique index. */
  private static boolean isRepeating(
      CollectionVersion version, IndexDescription index, Map<String, Bytes> values) {
    return index.fields().stream()
        .anyMatch(
            field ->
                kind(version, field.name()) == FieldKind.JSON
                    && IndexedValues.isRepeating(value(values, field.name())));
  }

  void add(
      Overlay overlay,
      int collection,
      CollectionVersion version,
      IndexDescription index,
      DocId docId,
      List<Bytes> entry,
      Map<String, Bytes> values,
      Consumer<DefraException> onViolation) {
    if (index.isUnique() && !entry.contains(ValueCbor.NULL)) {
      // Whoever else takes these values in a concurrent transaction must meet this one.
      byte[] marker = keys.marker(collection, index.id(), entry);
      overlay.noteRead(Columns.INDEX, marker);
      try (Cursor taken =
          overlay.cursor(Columns.INDEX, keys.equal(collection, index.id(), entry))) {
        while (taken.next()) {
          if (!DocumentKey.docId(taken.key()).equals(docId)) {
            onViolation.accept(violation(version, index, docId, values));
            break;
          }
        }
      }
      overlay.put(Columns.INDEX, marker, EMPTY);
    }
    overlay.put(Columns.INDEX, keys.entry(collection, index.id(), entry, docId), EMPTY);
  }

  private static DefraException violation(
      CollectionVersion version, IndexDescription index, DocId docId, Map<String, Bytes> values) {
    Map<String, Object> context = new LinkedHashMap<>();
    context.put("DocID", docId);
    for (IndexDescription.IndexedField field : index.fields()) {
      FieldKind kind = kind(version, field.name());
      Value value = ValueCbor.decode(kind, value(values, field.name()));
      context.put(field.name(), ShownValue.of(kind, value));
    }
    return new DefraException(
        ErrorCode.UNIQUE_VIOLATION,
        "can not index a doc's field(s) that violates unique index",
        context,
        null);
  }

  /** The combinations of one entry per field; several lists give their product. */
  static Set<List<Bytes>> entries(
      CollectionVersion version, IndexDescription index, @Nullable Map<String, Bytes> values) {
    Set<List<Bytes>> entries = new HashSet<>();
    if (values == null) {
      return entries;
    }
    if (index.fields().size() == 1) {
      String name = index.fields().get(0).name();
      IndexedValues.of(kind(version, name), value(values, name))
          .forEach(value -> entries.add(List.of(value)));
      requireFew(entries);
      return entries;
    }
    return product(version, index, values);
  }

  private static Set<List<Bytes>> product(
      CollectionVersion version, IndexDescription index, Map<String, Bytes> values) {
    Set<List<Bytes>> entries = Set.of(List.of());
    for (IndexDescription.IndexedField field : index.fields()) {
      Set<Bytes> own = IndexedValues.of(kind(version, field.name()), value(values, field.name()));
      Set<List<Bytes>> longer = new HashSet<>();
      for (List<Bytes> entry : entries) {
        for (Bytes value : own) {
          List<Bytes> more = new ArrayList<>(entry);
          more.add(value);
          longer.add(more);
        }
      }
      requireFew(longer);
      entries = longer;
    }
    return entries;
  }

  private static void requireFew(Set<List<Bytes>> entries) {
    if (entries.size() > PRODUCT_MAX) {
      throw new DefraException(
          ErrorCode.TOO_LARGE, "a document has too many index entries", "Max", PRODUCT_MAX);
    }
  }

  /** Entries whose first fields equal {@code values}; one document can have several. */
  public Cursor find(
      Function<KeyRange, Cursor> open,
      int collection,
      CollectionVersion version,
      IndexDescription index,
      List<Value> values) {
    List<Bytes> components = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      components.add(
          IndexedValues.lookedFor(kind(version, index.fields().get(i).name()), values.get(i)));
    }
    return open.apply(keys.equal(collection, index.id(), components));
  }

  /**
   * All documents whose field at the place {@code field} can lie between the bounds, both included,
   * by DocID, and perhaps some others.
   *
   * @param low null value: no bound
   * @param high null value: no bound
   * @return {@code null}: scan instead
   */
  public @Nullable Collection<DocId> between(
      Overlay overlay,
      int collection,
      CollectionVersion version,
      int field,
      Value low,
      Value high) {
    FieldKind kind = kind(version, version.fields().get(field).name());
    return orders.between(
        overlay, new FieldOrder.Subject(collection, version.fieldNumber(field), kind), low, high);
  }

  IndexKeys keys() {
    return keys;
  }

  private static Bytes value(Map<String, Bytes> values, String field) {
    return values.getOrDefault(field, ValueCbor.NULL);
  }

  static FieldKind kind(CollectionVersion version, String field) {
    return version.field(field).map(StoredFields::kind).orElse(FieldKind.ID);
  }
}
