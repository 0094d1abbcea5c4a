package io.defradb.query.filter;

import io.defradb.document.Value;

/** Numbers of any kind as doubles. */
public final class Numbers {
  private Numbers() {}

  public static boolean isNumber(Value value) {
    return switch (value.type()) {
      case INT, FLOAT64, FLOAT32 -> true;
      case NULL, BOOL, TEXT, LIST, MAP -> false;
    };
  }

  /** {@code value}: a number; 0 for anything else. */
  public static double toDouble(Value value) {
    return switch (value.type()) {
      case INT -> ((Value.Int) value).value();
      case FLOAT64 -> ((Value.Float64) value).value();
      case FLOAT32 -> ((Value.Float32) value).value();
      case NULL, BOOL, TEXT, LIST, MAP -> 0;
    };
  }
}
