package io.defradb.db.fetch;

import io.defradb.db.DocumentCursor;
import io.defradb.db.StoredDocument;
import io.defradb.document.Value;
import io.defradb.schema.CollectionVersion;
import io.defradb.schema.IndexDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Passes the documents whose first indexed fields equal the values asked for: where documents look
 * other than they are stored, an index does not know how.
 */
final class EqualDocuments implements DocumentCursor {
  private final DocumentCursor source;
  private final int[] places;
  private final List<Value> values;

  EqualDocuments(
      DocumentCursor source,
      CollectionVersion collection,
      IndexDescription index,
      List<Value> values) {
    this.source = source;
    this.values = values;
    this.places =
        index.fields().stream()
            .limit(values.size())
            .mapToInt(field -> collection.place(field.name()))
            .toArray();
  }

  @Override
  public @Nullable StoredDocument next() {
    StoredDocument document = source.next();
    while (document != null && !isEqual(document)) {
      document = source.next();
    }
    return document;
  }

  private boolean isEqual(StoredDocument document) {
    for (int i = 0; i < places.length; i++) {
      if (!document.value(places[i]).equals(values.get(i))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() {
    source.close();
  }
}
