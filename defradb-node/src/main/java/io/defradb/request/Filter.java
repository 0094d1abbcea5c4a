package io.defradb.request;

import io.defradb.document.Value;
import java.util.List;

/**
 * A condition on a document, a commit or an array element. Members of one written object become an
 * {@link And} in the order written.
 */
public sealed interface Filter {

  /** All hold; empty: true. */
  record And(List<Filter> parts) implements Filter {
    public And {
      parts = List.copyOf(parts);
    }
  }

  /** At least one holds; empty: false. */
  record Or(List<Filter> parts) implements Filter {
    public Or {
      parts = List.copyOf(parts);
    }
  }

  /** {@code _not: {}} matches none. */
  record Not(Filter part) implements Filter {}

  /** A condition on the value of a field; {@code path} goes on below a JSON field's name. */
  record OnField(String name, List<String> path, Condition condition) implements Filter {
    public OnField {
      path = List.copyOf(path);
    }
  }

  /**
   * Some related document matches. A null filter (written {@code author: null}) is {@code
   * Not(OnRelation(all))}.
   */
  record OnRelation(String name, Filter filter) implements Filter {}

  /** A condition on an aggregate by its response name. */
  record OnAlias(String alias, Condition condition) implements Filter {}

  /** A condition on one value. */
  sealed interface Condition {
    /** Written as null alone: what is unset. */
    Condition UNSET = new All(List.of(new Compare("_eq", Value.NULL)));

    /**
     * {@code operator}: {@code _eq}, {@code _gt}, … {@code operand}: coerced to the field's kind; a
     * list for _in.
     */
    record Compare(String operator, Value operand) implements Condition {}

    /** {@code _any}, {@code _all}, {@code _none} over an array's elements. */
    record Elements(String quantifier, Condition element) implements Condition {}

    /** Several operators side by side: all hold. */
    record All(List<Condition> parts) implements Condition {
      public All {
        parts = List.copyOf(parts);
      }
    }

    record Any(List<Condition> parts) implements Condition {
      public Any {
        parts = List.copyOf(parts);
      }
    }

    record None(Condition part) implements Condition {}
  }
}
