package io.defradb.query.filter;

/** {@code _gt}: greater; every set value is greater than null. */
final class GreaterOperator extends ComparisonOperator {
  @Override
  public String name() {
    return "_gt";
  }

  @Override
  boolean accepts(int order) {
    return order > 0;
  }

  @Override
  boolean acceptsNullAgainstNull() {
    return false;
  }

  @Override
  boolean acceptsValueAgainstNull() {
    return true;
  }
}
