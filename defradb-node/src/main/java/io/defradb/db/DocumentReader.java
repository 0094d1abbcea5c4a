package io.defradb.db;

import io.defradb.document.DocId;
import io.defradb.document.Value;
import io.defradb.multiformats.Cid;
import io.defradb.schema.CollectionVersion;
import io.defradb.schema.IndexDescription;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads documents of one transaction for one asker: what may not be seen is absent. A read never
 * writes.
 */
public interface DocumentReader {
  Optional<StoredDocument> get(CollectionVersion collection, DocId docId, boolean isDeletedShown);

  /** All documents after {@code afterDocId} ({@code null}: from the first), by DocID. */
  DocumentCursor scan(
      CollectionVersion collection, @Nullable DocId afterDocId, boolean isDeletedShown);

  /** How many there are; decodes no value. */
  long count(CollectionVersion collection, boolean isDeletedShown);

  /** Documents whose first indexed fields equal {@code values}, in index order. */
  DocumentCursor byIndex(
      CollectionVersion collection,
      IndexDescription index,
      List<Value> values,
      boolean isDeletedShown);

  /**
   * All documents whose value of the field at {@code fieldIndex}, which an index begins with, lies
   * between {@code low} and {@code high}, both included, and perhaps others; by DocID. A null value
   * is no bound.
   */
  DocumentCursor byRange(
      CollectionVersion collection, int fieldIndex, Value low, Value high, boolean isDeletedShown);

  /**
   * What commit {@code cid} reaches, as it was then, by DocID: the document of a composite commit,
   * the documents that a branchable collection's own commit covers; empty when the commit is
   * another collection's or a field's.
   *
   * @throws io.defradb.error.DefraException BLOCK_NOT_FOUND
   */
  List<StoredDocument> asOf(CollectionVersion collection, Cid cid, boolean isDeletedShown);
}
