package io.defradb.query.aggregate;

import io.defradb.document.Value;
import io.defradb.query.filter.Numbers;
import io.defradb.query.filter.ValueOrder;

/** {@code _min} and {@code _max}: of the numbers that are set; null of none. */
final class ExtremeFunction implements AggregateFunction {
  private final String name;
  private final boolean isGreatest;

  ExtremeFunction(String name, boolean isGreatest) {
    this.name = name;
    this.isGreatest = isGreatest;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Accumulator start() {
    return new Accumulator() {
      private Value best = Value.NULL;

      @Override
      public void add(Value value) {
        if (!Numbers.isNumber(value)) {
          return;
        }
        if (best.isNull() || (ValueOrder.PLAIN.compare(value, best) > 0) == isGreatest) {
          best = value;
        }
      }

      @Override
      public Value result() {
        return best;
      }
    };
  }
}
