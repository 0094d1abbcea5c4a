package io.defradb.query.filter;

/** {@code _le}: less or equal; only an unset field is at most null. */
final class LessOrEqualOperator extends ComparisonOperator {
  @Override
  public String name() {
    return "_le";
  }

  @Override
  boolean accepts(int order) {
    return order <= 0;
  }

  @Override
  boolean acceptsNullAgainstNull() {
    return true;
  }

  @Override
  boolean acceptsValueAgainstNull() {
    return false;
  }
}
