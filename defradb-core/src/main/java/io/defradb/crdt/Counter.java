package io.defradb.crdt;

import io.defradb.document.Decimals;
import io.defradb.document.FieldKind;
import io.defradb.document.Value;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;

/**
 * Counters: the sum of the increments of all distinct blocks (data-model specification, 8.2). Int
 * wraps around at 64 bits, Float32 adds in single precision. A null counts as 0 and makes the value
 * 0.
 */
public final class Counter {
  private Counter() {}

  /** The value after one more increment; throws {@code NEGATIVE_COUNTER}. */
  public static Value add(CrdtType type, FieldKind kind, Value current, Value increment) {
    boolean isGrowOnly = type == CrdtType.P_COUNTER;
    if (kind == FieldKind.INT) {
      long amount = increment instanceof Value.Int number ? number.value() : 0;
      if (isGrowOnly && amount < 0) {
        throw negative(Long.toString(amount));
      }
      long before = current instanceof Value.Int number ? number.value() : 0;
      return new Value.Int(before + amount);
    }
    if (kind == FieldKind.FLOAT32) {
      float amount = (float) number(increment);
      if (isGrowOnly && amount < 0) {
        throw negative(Decimals.messageText(amount));
      }
      return new Value.Float32((float) number(current) + amount);
    }
    double amount = number(increment);
    if (isGrowOnly && amount < 0) {
      throw negative(Decimals.messageText(amount));
    }
    return new Value.Float64(number(current) + amount);
  }

  private static double number(Value value) {
    return switch (value.type()) {
      case FLOAT64 -> ((Value.Float64) value).value();
      case FLOAT32 -> ((Value.Float32) value).value();
      case INT -> ((Value.Int) value).value();
      default -> 0;
    };
  }

  private static DefraException negative(String amount) {
    return new DefraException(
        ErrorCode.NEGATIVE_COUNTER, "value cannot be negative", "Value", amount);
  }
}
