package io.defradb.query.plan;

import io.defradb.query.filter.ValueTest;
import io.defradb.schema.CollectionVersion;
import org.jspecify.annotations.Nullable;

/** What an aggregate runs over. */
public sealed interface AggregateTarget {
  /** What a target is, for exhaustive switches. */
  enum Kind {
    ROWS,
    COLLECTION,
    ELEMENTS,
    LINKS
  }

  Kind kind();

  /** {@code value} of each row; null: rows are only counted. */
  record Rows(PlanNode rows, @Nullable Expression value) implements AggregateTarget {
    @Override
    public Kind kind() {
      return Kind.ROWS;
    }
  }

  /** The number of a collection's documents, found without reading one. */
  record WholeCollection(CollectionVersion collection, long offset, long limit)
      implements AggregateTarget {
    @Override
    public Kind kind() {
      return Kind.COLLECTION;
    }
  }

  /** The elements of an array field; {@code limit}: of those that pass, from the offset on. */
  record Elements(
      int fieldIndex,
      ValueTest filter,
      Sorting sorting,
      boolean isNullLeftOut,
      long offset,
      long limit)
      implements AggregateTarget {
    /** Whether and how elements are sorted before offset and limit. */
    public enum Sorting {
      AS_STORED,
      ASCENDING,
      DESCENDING
    }

    @Override
    public Kind kind() {
      return Kind.ELEMENTS;
    }
  }

  /** The links of a commit. */
  record Links() implements AggregateTarget {
    @Override
    public Kind kind() {
      return Kind.LINKS;
    }
  }
}
