package io.defradb.query.explain;

import io.defradb.db.StoredDocument;
import io.defradb.document.Value;
import io.defradb.document.ValueCbor;
import io.defradb.schema.CollectionVersion;
import io.defradb.schema.SchemaFieldKind;

/** What a scan has read. */
final class Fetches {
  private long documents;
  private long fields;
  private long indexEntries;

  /** A document is read whole: every field that is set. */
  void addDocument(CollectionVersion collection, StoredDocument document) {
    add(1, setFields(collection, document));
  }

  void add(long moreDocuments, long moreFields) {
    documents += moreDocuments;
    fields += moreFields;
  }

  void addIndexEntry() {
    indexEntries++;
  }

  Tree into(Tree counts) {
    return counts
        .with("docFetches", new Value.Int(documents))
        .with("fieldFetches", new Value.Int(fields))
        .with("indexFetches", new Value.Int(indexEntries));
  }

  static long setFields(CollectionVersion collection, StoredDocument document) {
    long set = 0;
    for (int i = 0; i < collection.fields().size(); i++) {
      boolean isStored =
          collection.fields().get(i).kind() instanceof SchemaFieldKind.Scalar
              && !collection.fields().get(i).name().equals("_docID");
      if (isStored && !document.cbor(i).equals(ValueCbor.NULL)) {
        set++;
      }
    }
    return set;
  }
}
