package io.defradb.db;

import io.defradb.document.DocId;
import io.defradb.document.Value;
import io.defradb.schema.CollectionVersion;
import java.util.Map;
import java.util.Set;

/**
 * Changes documents: values become deltas, deltas blocks, blocks state, heads, index and log
 * entries, all inside the transaction. Field names may be a relation's ({@code author}) or its
 * key's ({@code author_id}).
 */
public interface DocumentWriter {

  /** Which deltas of a new document are encrypted. */
  record EncryptionChoice(boolean isWholeDocument, Set<String> fields) {
    public static final EncryptionChoice NONE = new EncryptionChoice(false, Set.of());
  }

  /**
   * Creates a document from what was given and the collection's defaults.
   *
   * @throws io.defradb.error.DefraException DOCUMENT_EXISTS, INVALID_VALUE, UNIQUE_VIOLATION,
   *     FIELD_NOT_FOUND
   */
  DocId create(CollectionVersion collection, Map<String, Value> given, EncryptionChoice encryption);

  /**
   * Writes one block for every field named, also when the value is the same, then a composite.
   * Counters are added to.
   *
   * @throws io.defradb.error.DefraException DOCUMENT_NOT_FOUND, INVALID_VALUE, UNIQUE_VIOLATION,
   *     NEGATIVE_COUNTER
   */
  void update(CollectionVersion collection, DocId docId, Map<String, Value> changes);

  /**
   * Deletes for good.
   *
   * @throws io.defradb.error.DefraException DOCUMENT_NOT_FOUND, DOCUMENT_DELETED
   */
  void delete(CollectionVersion collection, DocId docId);
}
