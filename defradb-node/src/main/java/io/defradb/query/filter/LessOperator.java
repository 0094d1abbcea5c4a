package io.defradb.query.filter;

/** {@code _lt}: less; nothing is less than null, and an unset field is less than no value. */
final class LessOperator extends ComparisonOperator {
  @Override
  public String name() {
    return "_lt";
  }

  @Override
  boolean accepts(int order) {
    return order < 0;
  }

  @Override
  boolean acceptsNullAgainstNull() {
    return false;
  }

  @Override
  boolean acceptsValueAgainstNull() {
    return false;
  }
}
