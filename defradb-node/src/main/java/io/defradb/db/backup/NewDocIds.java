package io.defradb.db.backup;

import io.defradb.db.DocumentReader;
import io.defradb.document.DocId;
import io.defradb.document.DocIds;
import io.defradb.document.Value;
import io.defradb.schema.CollectionVersion;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The DocIDs that documents get when they are made anew with their present values. A document that
 * points at others depends on their new DocIDs, as far as their collections are exported; what
 * points at itself is left out of its own; round a cycle the present DocID stands in.
 */
final class NewDocIds {
  private static final int REMEMBERED_MAX = 100_000;

  private final DocumentReader documents;
  private final Map<String, BackupFields> byCollectionId = new HashMap<>();
  private final Set<DocId> inProgress = new HashSet<>();
  private final Map<DocId, DocId> known =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<DocId, DocId> eldest) {
          return size() > REMEMBERED_MAX;
        }
      };

  NewDocIds(DocumentReader documents, Iterable<CollectionVersion> exported) {
    this.documents = documents;
    exported.forEach(
        version -> byCollectionId.put(version.collectionId(), new BackupFields(version)));
  }

  /**
   * Brings the keys in {@code values} up to date, and answers the document's own new DocID. {@code
   * values} then holds what is exported.
   */
  DocId rewrite(DocId docId, BackupFields fields, Map<String, Value> values) {
    inProgress.add(docId);
    var own = new HashSet<String>();
    fields
        .keys()
        .forEach(
            (name, collectionId) -> {
              if (values.get(name) instanceof Value.Text key) {
                if (key.value().equals(docId.text())) {
                  own.add(name);
                } else {
                  values.put(name, new Value.Text(newKey(key.value(), collectionId)));
                }
              }
            });
    var content = new HashMap<>(values);
    own.forEach(content::remove);
    DocId derived = DocIds.derive(content, fields, fields.collection().collectionId());
    own.forEach(name -> values.put(name, new Value.Text(derived.text())));
    inProgress.remove(docId);
    known.put(docId, derived);
    return derived;
  }

  private String newKey(String key, String collectionId) {
    var docId = new DocId(key);
    DocId remembered = known.get(docId);
    if (remembered != null) {
      return remembered.text();
    }
    BackupFields fields = byCollectionId.get(collectionId);
    if (fields == null || inProgress.contains(docId)) {
      return key;
    }
    @Nullable Map<String, Value> values =
        documents.get(fields.collection(), docId, false).map(fields::values).orElse(null);
    return values == null ? key : rewrite(docId, fields, values).text();
  }
}
