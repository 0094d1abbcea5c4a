package io.defradb.query.filter;

import io.defradb.document.FieldKind;
import io.defradb.document.Value;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;

/**
 * Order comparisons. Null is smaller than everything as an operand, but an unset field satisfies no
 * comparison with a value (query language specification, 3.1).
 */
abstract class ComparisonOperator implements FilterOperator {
  /** {@code order}: of the value to the operand, both set. */
  abstract boolean accepts(int order);

  abstract boolean acceptsNullAgainstNull();

  abstract boolean acceptsValueAgainstNull();

  @Override
  public boolean isFor(FieldKind kind) {
    return switch (kind) {
      case INT, FLOAT64, FLOAT32, DATE_TIME, JSON -> true;
      default -> false;
    };
  }

  @Override
  public ValueTest prepare(FieldKind kind, Value operand) {
    if (operand.isNull()) {
      boolean forNull = acceptsNullAgainstNull();
      boolean forValue = acceptsValueAgainstNull();
      return value -> value.isNull() ? forNull : forValue;
    }
    if (kind == FieldKind.JSON && !Numbers.isNumber(operand)) {
      return value -> {
        throw new DefraException(
            ErrorCode.INVALID_REQUEST,
            "unexpected type",
            "Property",
            "condition",
            "Actual",
            typeName(operand));
      };
    }
    if (kind == FieldKind.INT && operand instanceof Value.Int number) {
      long limit = number.value();
      return value -> value instanceof Value.Int it && accepts(Long.compare(it.value(), limit));
    }
    if (Numbers.isNumber(operand)) {
      return value -> Numbers.isNumber(value) && accepts(ValueOrder.PLAIN.compare(value, operand));
    }
    ValueOrder order = ValueOrder.of(kind);
    return value -> value.type() == operand.type() && accepts(order.compare(value, operand));
  }

  /** The word that the reference's message uses for the type. */
  private static String typeName(Value value) {
    return switch (value.type()) {
      case NULL -> "nil";
      case BOOL -> "bool";
      case INT -> "int64";
      case FLOAT64, FLOAT32 -> "float64";
      case TEXT -> "string";
      case LIST -> "[]interface {}";
      case MAP -> "map[string]interface {}";
    };
  }
}
