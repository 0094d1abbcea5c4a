package io.defradb.http.endpoint.documents;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.acp.Asker;
import io.defradb.db.Transaction;
import io.defradb.document.DocId;
import io.defradb.schema.CollectionVersion;
import java.util.List;

/** Finds the documents that match a filter. Safe for use by many threads. */
@FunctionalInterface
public interface DocumentFinder {
  /**
   * Finds them in the order in which a query answers them.
   *
   * @param filter an object, or the text of a GraphQL object literal
   * @throws io.defradb.error.DefraException INVALID_ARGUMENT for any other JSON, and what the
   *     GraphQL door says of the filter
   */
  List<DocId> find(
      Transaction transaction, Asker asker, CollectionVersion collection, JsonNode filter);
}
