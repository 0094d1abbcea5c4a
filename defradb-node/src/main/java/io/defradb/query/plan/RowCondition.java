package io.defradb.query.plan;

import io.defradb.document.Value;
import io.defradb.query.filter.ValueTest;
import io.defradb.request.Filter;
import java.util.List;

/** A condition on a row. Parts are tested in the order written. Immutable. */
public sealed interface RowCondition {
  /** Whether it holds where all fields are unset and nothing is related. */
  static boolean holdsForNothing(RowCondition condition) {
    return switch (condition.kind()) {
      case ALL -> ((All) condition).parts().stream().allMatch(RowCondition::holdsForNothing);
      case ANY -> ((Any) condition).parts().stream().anyMatch(RowCondition::holdsForNothing);
      case NOT -> !holdsForNothing(((Not) condition).part());
      case VALUE -> ((OnValue) condition).test().matches(Value.NULL);
      case RELATED -> holdsForNothing(((HasRelated) condition).condition());
      case SHOWN -> holdsForNothing(((HasShown) condition).condition());
    };
  }

  /** What a condition is, for exhaustive switches. */
  enum Kind {
    ALL,
    ANY,
    NOT,
    VALUE,
    RELATED,
    SHOWN
  }

  Kind kind();

  record All(List<RowCondition> parts) implements RowCondition {
    public All {
      parts = List.copyOf(parts);
    }

    @Override
    public Kind kind() {
      return Kind.ALL;
    }
  }

  record Any(List<RowCondition> parts) implements RowCondition {
    public Any {
      parts = List.copyOf(parts);
    }

    @Override
    public Kind kind() {
      return Kind.ANY;
    }
  }

  record Not(RowCondition part) implements RowCondition {
    @Override
    public Kind kind() {
      return Kind.NOT;
    }
  }

  /**
   * A test of an expression's value, or of what stands at {@code path} inside it.
   *
   * @param written the condition as it was asked: rules read it, operators only run {@code test}
   */
  record OnValue(Expression expression, List<String> path, ValueTest test, Filter.Condition written)
      implements RowCondition {
    public OnValue {
      path = List.copyOf(path);
    }

    @Override
    public Kind kind() {
      return Kind.VALUE;
    }
  }

  /**
   * Some related document is among {@code matching}: the related collection's documents that pass,
   * planned on their own.
   *
   * @param isMetByNone a row whose single related document is missing passes, too: what is asked of
   *     it holds for fields that are all unset
   */
  record HasRelated(
      Relation relation, RowCondition condition, PlanNode matching, boolean isMetByNone)
      implements RowCondition {
    @Override
    public Kind kind() {
      return Kind.RELATED;
    }
  }

  /**
   * Some of the related documents that are selected beside the filter, {@code rows}, passes.
   *
   * @param isMetByNone as of {@link HasRelated}
   */
  record HasShown(PlanNode rows, RowCondition condition, boolean isMetByNone)
      implements RowCondition {
    @Override
    public Kind kind() {
      return Kind.SHOWN;
    }
  }
}
