package io.defradb.query.plan;

import io.defradb.document.FieldKind;
import io.defradb.document.Value;
import io.defradb.query.filter.ValueTest;
import java.util.List;

/** How a value comes out of a row. Immutable. */
public sealed interface Expression {
  /** What an expression is, for exhaustive switches. */
  enum Kind {
    FIELD,
    RELATED_ID,
    THROUGH,
    OF_FIRST,
    POSITION_IN,
    FIRST_ELEMENT,
    JSON_LEAF,
    AGGREGATE,
    SIMILARITY
  }

  Kind kind();

  /** What the values are: how they compare and print. */
  FieldKind valueKind();

  /**
   * The row's own field: see {@code operator.Row} for the numbers of a document's and a commit's.
   */
  record Field(int index, FieldKind valueKind) implements Expression {
    /** {@code _docID} of a document. */
    public static final int DOC_ID = -1;

    /** {@code _deleted} of a document. */
    public static final int DELETED = -2;

    @Override
    public Kind kind() {
      return Kind.FIELD;
    }
  }

  /** The key of a relation whose other side holds it: the related document's DocID. */
  record RelatedId(Relation relation) implements Expression {
    @Override
    public Kind kind() {
      return Kind.RELATED_ID;
    }

    @Override
    public FieldKind valueKind() {
      return FieldKind.ID;
    }
  }

  /** {@code inner} of the single related document; null without one. */
  record Through(Relation relation, Expression inner) implements Expression {
    @Override
    public Kind kind() {
      return Kind.THROUGH;
    }

    @Override
    public FieldKind valueKind() {
      return inner.valueKind();
    }
  }

  /**
   * {@code inner} of that related document which comes first, by {@code order}, among those that
   * pass {@code condition}; null without one.
   */
  record OfFirst(
      Relation relation, RowCondition condition, List<PlanNode.SortKey> order, Expression inner)
      implements Expression {
    public OfFirst {
      order = List.copyOf(order);
    }

    @Override
    public Kind kind() {
      return Kind.OF_FIRST;
    }

    @Override
    public FieldKind valueKind() {
      return inner.valueKind();
    }
  }

  /**
   * The position of {@code inner}, or of the first of its elements, among {@code values}; after all
   * of them when it is not there.
   */
  record PositionIn(Expression inner, List<Value> values) implements Expression {
    public PositionIn {
      values = List.copyOf(values);
    }

    @Override
    public Kind kind() {
      return Kind.POSITION_IN;
    }

    @Override
    public FieldKind valueKind() {
      return FieldKind.INT;
    }
  }

  /**
   * What an index on an array sorts a document by: of the elements of {@code list} that pass {@code
   * test} the least, or the greatest by a descending index; null without one.
   */
  record FirstElement(Expression list, ValueTest test, boolean isGreatest) implements Expression {
    @Override
    public Kind kind() {
      return Kind.FIRST_ELEMENT;
    }

    @Override
    public FieldKind valueKind() {
      FieldKind element = list.valueKind().element();
      return element == null ? list.valueKind() : element;
    }
  }

  /**
   * What an index on JSON sorts a document by: the leaf at {@code path} of {@code inner}, unset
   * when no leaf is there, or the place of the leaf's kind, numbers before texts before booleans.
   *
   * @param part the leaf, or its kind's place with what is unset first or last
   */
  record JsonLeaf(Expression inner, List<String> path, Part part) implements Expression {
    /** Which of both. */
    public enum Part {
      VALUE,
      KIND_UNSET_FIRST,
      KIND_UNSET_LAST
    }

    public JsonLeaf {
      path = List.copyOf(path);
    }

    @Override
    public Kind kind() {
      return Kind.JSON_LEAF;
    }

    @Override
    public FieldKind valueKind() {
      return part == Part.VALUE ? FieldKind.JSON : FieldKind.INT;
    }
  }

  /**
   * An aggregate; computed once a row and kept in its {@code slot}.
   *
   * @param function name of an {@code aggregate.AggregateFunction}
   */
  record Aggregated(int slot, String function, List<AggregateTarget> targets)
      implements Expression {
    public Aggregated {
      targets = List.copyOf(targets);
    }

    @Override
    public Kind kind() {
      return Kind.AGGREGATE;
    }

    @Override
    public FieldKind valueKind() {
      return FieldKind.FLOAT64;
    }
  }

  /** The dot product of a number array and {@code vector}; 0 when unset. */
  record DotProduct(int fieldIndex, List<Double> vector) implements Expression {
    public DotProduct {
      vector = List.copyOf(vector);
    }

    @Override
    public Kind kind() {
      return Kind.SIMILARITY;
    }

    @Override
    public FieldKind valueKind() {
      return FieldKind.FLOAT64;
    }
  }
}
