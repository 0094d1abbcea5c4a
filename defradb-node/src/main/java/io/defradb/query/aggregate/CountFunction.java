package io.defradb.query.aggregate;

import io.defradb.document.Value;

/** {@code _count}: members, set or not; 0 of none. */
final class CountFunction implements AggregateFunction {
  @Override
  public String name() {
    return "_count";
  }

  @Override
  public Accumulator start() {
    return new Accumulator() {
      private long count;

      @Override
      public void add(Value value) {
        count++;
      }

      @Override
      public void addMembers(long more) {
        count += more;
      }

      @Override
      public Value result() {
        return new Value.Int(count);
      }
    };
  }
}
