package io.defradb.query.filter;

/** {@code _ge}: greater or equal; anything is at least null, null included. */
final class GreaterOrEqualOperator extends ComparisonOperator {
  @Override
  public String name() {
    return "_ge";
  }

  @Override
  boolean accepts(int order) {
    return order >= 0;
  }

  @Override
  boolean acceptsNullAgainstNull() {
    return true;
  }

  @Override
  boolean acceptsValueAgainstNull() {
    return true;
  }
}
