package io.defradb.query.explain;

import io.defradb.db.DocumentCursor;
import io.defradb.db.DocumentReader;
import io.defradb.db.StoredDocument;
import io.defradb.document.DocId;
import io.defradb.document.Value;
import io.defradb.query.operator.MemoryBudget;
import io.defradb.schema.CollectionVersion;
import io.defradb.schema.IndexDescription;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the steps of one execution share. It remembers index entries and who holds which key, so
 * {@link #forget} after every change. For one thread.
 */
final class Measurement {
  private final DocumentReader reader;
  private final MemoryBudget budget;
  private final Map<String, IndexEntries> entries = new HashMap<>();
  private final Map<String, KeyHolders> holders = new HashMap<>();

  Measurement(DocumentReader reader, MemoryBudget budget) {
    this.reader = reader;
    this.budget = budget;
  }

  DocumentReader reader() {
    return reader;
  }

  /** Throws TOO_LARGE when {@code things} more are too many to keep. */
  void hold(long things) {
    budget.take(things * MemoryBudget.KEY_BYTES);
  }

  void forget() {
    entries.clear();
    holders.clear();
  }

  IndexEntries entries(CollectionVersion collection, IndexDescription index) {
    return entries.computeIfAbsent(
        collection.versionId() + "/" + index.name(),
        key -> IndexEntries.of(this, collection, index));
  }

  /** Documents of {@code collection} by the key that they hold at {@code keyIndex}. */
  KeyHolders holders(CollectionVersion collection, int keyIndex) {
    return holders.computeIfAbsent(
        collection.versionId() + "/" + keyIndex, key -> readHolders(collection, keyIndex));
  }

  /**
   * @param documents in the collection
   * @param fields set in all of them
   */
  record KeyHolders(Map<String, List<Located>> byKey, long documents, long fields) {
    List<Located> of(String key) {
      return byKey.getOrDefault(key, List.of());
    }
  }

  /** A document, and how many documents and fields a scan has read when it has read this one. */
  record Located(DocId docId, long documents, long fields) {}

  private KeyHolders readHolders(CollectionVersion collection, int keyIndex) {
    Map<String, List<Located>> byKey = new HashMap<>();
    long documents = 0;
    long fields = 0;
    try (DocumentCursor cursor = reader.scan(collection, null, false)) {
      for (StoredDocument it = cursor.next(); it != null; it = cursor.next()) {
        documents++;
        fields += Fetches.setFields(collection, it);
        if (it.value(keyIndex) instanceof Value.Text key) {
          hold(2);
          byKey
              .computeIfAbsent(key.value(), text -> new ArrayList<>())
              .add(new Located(it.docId(), documents, fields));
        }
      }
    }
    return new KeyHolders(byKey, documents, fields);
  }
}
