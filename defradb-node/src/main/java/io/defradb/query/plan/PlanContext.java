package io.defradb.query.plan;

import io.defradb.db.Catalog;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.request.Select;
import io.defradb.schema.CollectionVersion;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** What the planners of one request share: the catalog, the rewrites, the numbering of slots. */
final class PlanContext {
  /**
   * A view over a view over … a collection; a view that is patched to go through itself ends here.
   */
  private static final int VIEWS_INSIDE_MAX = 16;

  private final Catalog catalog;
  private final Relations relations;
  private final UnaryOperator<PlanNode> rewrite;
  private final ViewQueries views;
  private int slots;
  private int viewsInside;

  PlanContext(Catalog catalog, UnaryOperator<PlanNode> rewrite, ViewQueries views) {
    this.catalog = catalog;
    this.relations = new Relations(catalog);
    this.rewrite = rewrite;
    this.views = views;
  }

  Relations relations() {
    return relations;
  }

  /** Slots are numbered over the whole request: one row can be a member of several selections. */
  int nextSlot() {
    return slots++;
  }

  /**
   * The rows of {@code view}, made by its query, which {@code planner} plans.
   *
   * @throws DefraException INVALID_REQUEST when views go through each other without an end
   */
  PlanNode.View view(CollectionVersion view, Function<Select, SelectPlan> planner) {
    if (viewsInside == VIEWS_INSIDE_MAX) {
      throw new DefraException(
          ErrorCode.INVALID_REQUEST, "views are nested too deeply", "Name", view.name());
    }
    viewsInside++;
    try {
      return new PlanNode.View(view, planner.apply(views.of(view, catalog)));
    } finally {
      viewsInside--;
    }
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
