package io.defradb.db.ingest;

import io.defradb.db.DocumentCursor;
import io.defradb.db.DocumentReader;
import io.defradb.db.LocalState;
import io.defradb.db.StoredDocument;
import io.defradb.document.DocId;
import io.defradb.document.Value;
import io.defradb.schema.CollectionVersion;
import io.defradb.schema.IndexDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the document that an operation names. */
final class DocumentFinder {
  /**
   * What was found.
   *
   * @param docId of the document, or of the one that a create would make
   * @param live {@code null}: there is none, or it is deleted
   * @param generation the one that is live, or the one that a create would make
   */
  record Found(DocId docId, @Nullable StoredDocument live, long generation) {}

  private final DocumentReader documents;
  private final LocalState local;

  DocumentFinder(DocumentReader documents, LocalState local) {
    this.documents = documents;
    this.local = local;
  }

  Found byDocId(IngestCollection collection, DocId docId) {
    StoredDocument stored = documents.get(collection.version(), docId, true).orElse(null);
    return new Found(docId, stored == null || stored.isDeleted() ? null : stored, 0);
  }

  /**
   * The live document of a key, or where the next one would be. The greatest generation that is
   * noted may have been followed by others that were written without a note.
   */
  Found byKey(IngestCollection collection, Map<String, Value> key) {
    String collectionId = collection.version().collectionId();
    DocId base = Generations.docId(key, 0, collection.kinds(), collectionId);
    long generation = collection.hasGenerations() ? Generations.greatest(local, base) : 0;
    while (true) {
      DocId docId =
          generation == 0
              ? base
              : Generations.docId(key, generation, collection.kinds(), collectionId);
      StoredDocument stored = documents.get(collection.version(), docId, true).orElse(null);
      if (stored == null || !stored.isDeleted()) {
        return new Found(docId, stored, generation);
      }
      generation++;
      if (!collection.hasGenerations()) {
        return new Found(docId, null, generation);
      }
    }
  }

  /** The live document that a unique index on exactly the key's fields leads to. */
  Optional<StoredDocument> byIndex(IngestCollection collection, Map<String, Value> key) {
    IndexDescription index =
        collection
            .uniqueIndexOn(key)
            .orElseThrow(
                () ->
                    IngestCollection.invalidKey(
                        "no unique index on exactly the key", "Fields", key.keySet()));
    List<Value> values = new ArrayList<>(key.size());
    for (IndexDescription.IndexedField field : index.fields()) {
      values.add(key.getOrDefault(field.name(), Value.NULL));
    }
    CollectionVersion version = collection.version();
    try (DocumentCursor cursor = documents.byIndex(version, index, values, false)) {
      return Optional.ofNullable(cursor.next());
    }
  }
}
