package io.defradb.query.filter;

import io.defradb.document.FieldKind;
import io.defradb.document.Value;

/** {@code _eq}: the same value; {@code null} matches the unset only. */
final class EqualOperator implements FilterOperator {
  @Override
  public String name() {
    return "_eq";
  }

  @Override
  public boolean isFor(FieldKind kind) {
    return !kind.isArray();
  }

  @Override
  public ValueTest prepare(FieldKind kind, Value operand) {
    return equality(kind, operand);
  }

  static ValueTest equality(FieldKind kind, Value operand) {
    if (operand.isNull()) {
      return Value::isNull;
    }
    if (kind != FieldKind.DATE_TIME && operand instanceof Value.Text text) {
      String expected = text.value();
      return value -> value instanceof Value.Text it && it.value().equals(expected);
    }
    if (kind == FieldKind.INT && operand instanceof Value.Int number) {
      long expected = number.value();
      return value -> value instanceof Value.Int it && it.value() == expected;
    }
    ValueOrder order = ValueOrder.of(kind);
    return value -> order.areEqual(value, operand);
  }
}
