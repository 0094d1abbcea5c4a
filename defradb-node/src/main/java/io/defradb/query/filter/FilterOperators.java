package io.defradb.query.filter;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.util.List;

/** The register of filter operators, in the order in which types list them. */
public final class FilterOperators {
  private static final FilterOperator EQUAL = new EqualOperator();
  private static final FilterOperator IN = new InOperator();
  private static final FilterOperator LIKE = new LikeOperator("_like", false);
  private static final FilterOperator LIKE_ANY_CASE = new LikeOperator("_ilike", true);

  private static final List<FilterOperator> ALL =
      List.of(
          EQUAL,
          new NegatedOperator("_ne", EQUAL),
          new GreaterOperator(),
          new GreaterOrEqualOperator(),
          new LessOperator(),
          new LessOrEqualOperator(),
          IN,
          new NegatedOperator("_nin", IN),
          LIKE,
          new NegatedOperator("_nlike", LIKE),
          LIKE_ANY_CASE,
          new NegatedOperator("_nilike", LIKE_ANY_CASE));

  private FilterOperators() {}

  public static List<FilterOperator> all() {
    return ALL;
  }

  /** Throws INVALID_REQUEST: {@code unknown operator. Operator: x}. */
  public static FilterOperator byName(String name) {
    for (FilterOperator operator : ALL) {
      if (operator.name().equals(name)) {
        return operator;
      }
    }
    throw unknown(name);
  }

  /** Null is no list and no pattern: it is refused when a value is tested, not before. */
  static ValueTest untestable() {
    return value -> {
      throw new DefraException(
          ErrorCode.INVALID_REQUEST, "unexpected type", "Property", "condition", "Actual", "<nil>");
    };
  }

  static ElementQuantifier quantifier(String name) {
    for (ElementQuantifier quantifier : ElementQuantifier.values()) {
      if (quantifier.text().equals(name)) {
        return quantifier;
      }
    }
    throw unknown(name);
  }

  private static DefraException unknown(String name) {
    return new DefraException(ErrorCode.INVALID_REQUEST, "unknown operator", "Operator", name);
  }
}
