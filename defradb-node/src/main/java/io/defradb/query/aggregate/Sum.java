package io.defradb.query.aggregate;

import io.defradb.document.Value;

/** A sum that stays whole and exact while all numbers are; a double from the first that is not. */
final class Sum {
  private long whole;
  private double real;
  private boolean isReal;
  private long count;

  /** Skips what is no number. */
  void add(Value value) {
    switch (value.type()) {
      case INT -> addWhole(((Value.Int) value).value());
      case FLOAT64 -> addReal(((Value.Float64) value).value());
      case FLOAT32 -> addReal(((Value.Float32) value).value());
      case NULL, BOOL, TEXT, LIST, MAP -> {
        // Not a number: it neither adds nor counts.
      }
    }
  }

  private void addWhole(long number) {
    count++;
    if (isReal) {
      real += number;
      return;
    }
    long sum = whole + number;
    boolean isOverflow = ((whole ^ sum) & (number ^ sum)) < 0;
    if (isOverflow) {
      isReal = true;
      real = (double) whole + number;
    } else {
      whole = sum;
    }
  }

  private void addReal(double number) {
    count++;
    if (!isReal) {
      isReal = true;
      real = whole;
    }
    real += number;
  }

  long count() {
    return count;
  }

  double toDouble() {
    return isReal ? real : whole;
  }

  Value result() {
    return isReal ? new Value.Float64(real) : new Value.Int(whole);
  }
}
