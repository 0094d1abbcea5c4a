package io.defradb.query.aggregate;

import io.defradb.document.Value;

/** {@code _avg}: the sum of the values that are set, divided by their number; 0 of none. */
final class AverageFunction implements AggregateFunction {
  @Override
  public String name() {
    return "_avg";
  }

  @Override
  public Accumulator start() {
    var sum = new Sum();
    return new Accumulator() {
      @Override
      public void add(Value value) {
        sum.add(value);
      }

      @Override
      public Value result() {
        return new Value.Float64(sum.count() == 0 ? 0 : sum.toDouble() / sum.count());
      }
    };
  }
}
