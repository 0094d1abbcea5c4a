package io.defradb.query.plan;

import io.defradb.request.Mutation;
import io.defradb.schema.CollectionVersion;

/** What is done for one top-level field. */
public sealed interface RootPlan {
  /** What a root is, for exhaustive switches. */
  enum Kind {
    ROWS,
    AGGREGATE,
    TEXT,
    MUTATION
  }

  Kind kind();

  /** Its key in the answer. */
  String name();

  /**
   * Rows of a collection.
   *
   * @param isDeletedShown deleted documents are answered, also where a relation leads to them
   */
  record Rows(String name, SelectPlan select, boolean isDeletedShown) implements RootPlan {
    @Override
    public Kind kind() {
      return Kind.ROWS;
    }
  }

  record TopAggregate(String name, Expression.Aggregated aggregate) implements RootPlan {
    @Override
    public Kind kind() {
      return Kind.AGGREGATE;
    }
  }

  record FixedText(String name, String text) implements RootPlan {
    @Override
    public Kind kind() {
      return Kind.TEXT;
    }
  }

  /**
   * A change.
   *
   * @param matching the documents it is about, before the change; for a create all there are
   * @param answer outputs over {@code matching}; the rows are replaced where the change decides
   *     them
   */
  record Change(
      String name,
      Mutation mutation,
      CollectionVersion collection,
      PlanNode matching,
      SelectPlan answer)
      implements RootPlan {
    @Override
    public Kind kind() {
      return Kind.MUTATION;
    }
  }
}
