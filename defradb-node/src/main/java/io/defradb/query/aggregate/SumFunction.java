package io.defradb.query.aggregate;

import io.defradb.document.Value;

/** {@code _sum}: of the values that are set; 0 of none. */
final class SumFunction implements AggregateFunction {
  @Override
  public String name() {
    return "_sum";
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
        return sum.result();
      }
    };
  }
}
