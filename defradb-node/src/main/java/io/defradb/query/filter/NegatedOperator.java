package io.defradb.query.filter;

import io.defradb.document.FieldKind;
import io.defradb.document.Value;

/**
 * The opposite of another operator: {@code _ne}, {@code _nin}, {@code _nlike}, {@code _nilike}.
 * What is unset matches whenever it does not match the other.
 */
final class NegatedOperator implements FilterOperator {
  private final String name;
  private final FilterOperator negated;

  NegatedOperator(String name, FilterOperator negated) {
    this.name = name;
    this.negated = negated;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean isFor(FieldKind kind) {
    return negated.isFor(kind);
  }

  @Override
  public ValueTest prepare(FieldKind kind, Value operand) {
    ValueTest test = negated.prepare(kind, operand);
    return value -> !test.matches(value);
  }
}
