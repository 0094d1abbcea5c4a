package io.defradb.query.operator;

import io.defradb.db.DocumentReader;
import io.defradb.db.StoredDocument;
import io.defradb.document.DocId;
import io.defradb.query.plan.PlanNode;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Point reads by DocID; what is not there is left out. */
final class DocIdLookupOperator implements Operator {
  private final DocumentReader documents;
  private final PlanNode.DocIdLookup plan;
  private final Iterator<DocId> docIds;

  DocIdLookupOperator(DocumentReader documents, PlanNode.DocIdLookup plan) {
    this.documents = documents;
    this.plan = plan;
    this.docIds = plan.docIds().iterator();
  }

  @Override
  public @Nullable Row next() {
    while (docIds.hasNext()) {
      Optional<StoredDocument> found =
          documents.get(plan.collection(), docIds.next(), plan.isDeletedShown());
      if (found.isPresent()) {
        return new DocumentRow(found.get());
      }
    }
    return null;
  }

  @Override
  public void close() {}
}
