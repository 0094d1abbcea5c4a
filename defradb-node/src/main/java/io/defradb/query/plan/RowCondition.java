package io.defradb.query.plan;

import io.defradb.query.filter.ValueTest;
import io.defradb.request.Filter;
import java.util.List;

/** A condition on a row. Parts are tested in the order written. Immutable. */
public sealed interface RowCondition {
  /** What a condition is, for exhaustive switches. */
  enum Kind {
    ALL,
    ANY,
    NOT,
    VALUE,
    RELATED
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
   */
  record HasRelated(Relation relation, RowCondition condition, PlanNode matching)
      implements RowCondition {
    @Override
    public Kind kind() {
      return Kind.RELATED;
    }
  }
}
