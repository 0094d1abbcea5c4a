package io.defradb.db.index;

import io.defradb.db.keys.Columns;
import io.defradb.db.keys.DocumentKey;
import io.defradb.db.keys.RecordView;
import io.defradb.db.keys.StoredFields;
import io.defradb.db.overlay.Overlay;
import io.defradb.document.DocId;
import io.defradb.error.DefraException;
import io.defradb.multiformats.Bytes;
import io.defradb.schema.CollectionVersion;
import io.defradb.schema.IndexDescription;
import io.defradb.storage.Cursor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Fills a new index from the documents that are there, and empties a dropped one. */
public final class IndexBuilder {
  private final DocumentIndexes indexes;

  public IndexBuilder(DocumentIndexes indexes) {
    this.indexes = indexes;
  }

  /**
   * Throws UNIQUE_VIOLATION when two documents have the same values; the caller's transaction is
   * then useless.
   */
  public void build(
      Overlay overlay, int collection, CollectionVersion version, IndexDescription index) {
    // Who creates a document meanwhile notes this as written: it must not be missed.
    overlay.noteRead(Columns.STATE, DocumentKey.prefix(collection));
    Map<String, Integer> numbers = numbers(version, index);
    try (Cursor documents = overlay.cursor(Columns.STATE, DocumentKey.range(collection))) {
      while (documents.next()) {
        var record = new RecordView(documents.value());
        if (!record.isDeleted()) {
          add(overlay, collection, version, index, documents.key(), values(record, numbers));
        }
      }
    }
  }

  private void add(
      Overlay overlay,
      int collection,
      CollectionVersion version,
      IndexDescription index,
      byte[] documentKey,
      Map<String, Bytes> values) {
    for (List<Bytes> entry : DocumentIndexes.entries(version, index, values)) {
      if (index.isUnique()) {
        DocId docId = DocumentKey.docId(documentKey);
        indexes.add(
            overlay, collection, version, index, docId, entry, values, IndexBuilder::refuse);
      } else {
        overlay.put(
            Columns.INDEX,
            indexes.keys().entry(collection, index.id(), entry, documentKey),
            DocumentIndexes.EMPTY);
      }
    }
  }

  /** The numbers of the index's fields by name. */
  private static Map<String, Integer> numbers(CollectionVersion version, IndexDescription index) {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    for (IndexDescription.IndexedField field : index.fields()) {
      numbers.put(field.name(), StoredFields.number(version, field.name()));
    }
    return numbers;
  }

  private static Map<String, Bytes> values(RecordView record, Map<String, Integer> numbers) {
    Map<String, Bytes> values = new HashMap<>();
    numbers.forEach(
        (name, number) -> {
          if (number >= 0) {
            values.put(name, record.value(number));
          }
        });
    return values;
  }

  private static void refuse(DefraException violation) {
    throw violation;
  }

  public void drop(Overlay overlay, int collection, IndexDescription index) {
    List<byte[]> keys = new ArrayList<>();
    for (boolean isMarker : new boolean[] {false, true}) {
      try (Cursor entries =
          overlay.cursor(Columns.INDEX, indexes.keys().all(collection, index.id(), isMarker))) {
        while (entries.next()) {
          keys.add(entries.key());
        }
      }
    }
    keys.forEach(key -> overlay.delete(Columns.INDEX, key));
  }
}
