package io.defradb.query.operator;

import io.defradb.db.DocumentCursor;
import io.defradb.db.DocumentReader;
import io.defradb.db.StoredDocument;
import io.defradb.document.Value;
import io.defradb.query.plan.PlanNode;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads by an index, one value after the other. */
final class IndexLookupOperator implements Operator {
  private final DocumentReader documents;
  private final PlanNode.IndexLookup plan;
  private final Iterator<Value> values;
  private @Nullable DocumentCursor current;

  IndexLookupOperator(DocumentReader documents, PlanNode.IndexLookup plan) {
    this.documents = documents;
    this.plan = plan;
    this.values = plan.values().iterator();
  }

  @Override
  public @Nullable Row next() {
    while (true) {
      if (current == null) {
        if (!values.hasNext()) {
          return null;
        }
        current =
            documents.byIndex(
                plan.collection(), plan.index(), List.of(values.next()), plan.isDeletedShown());
      }
      StoredDocument document = current.next();
      if (document != null) {
        return new DocumentRow(document);
      }
      close();
    }
  }

  @Override
  public void close() {
    DocumentCursor open = current;
    current = null;
    if (open != null) {
      open.close();
    }
  }
}
