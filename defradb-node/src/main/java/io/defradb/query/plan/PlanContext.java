package io.defradb.query.plan;

import io.defradb.db.Catalog;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.schema.CollectionVersion;
import java.util.function.UnaryOperator;

/** What the planners of one request share: the catalog, the rewrites, the numbering of slots. */
final class PlanContext {
  private final Catalog catalog;
  private final Relations relations;
  private final UnaryOperator<PlanNode> rewrite;
  private int slots;

  PlanContext(Catalog catalog, UnaryOperator<PlanNode> rewrite) {
    this.catalog = catalog;
    this.relations = new Relations(catalog);
    this.rewrite = rewrite;
  }

  Relations relations() {
    return relations;
  }

  /** Slots are numbered over the whole request: one row can be a member of several selections. */
  int nextSlot() {
    return slots++;
  }

  PlanNode rewrite(PlanNode rows) {
    return rewrite.apply(rows);
  }

  CollectionVersion collection(String name) {
    return catalog
        .activeByName(name)
        .orElseThrow(
            () ->
                new DefraException(
                    ErrorCode.COLLECTION_NOT_FOUND, "datastore: key not found", "Name", name));
  }

  static DefraException notFound(String name) {
    return new DefraException(ErrorCode.INVALID_REQUEST, "field or alias not found", "Name", name);
  }
}
