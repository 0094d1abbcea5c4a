package io.defradb.query.aggregate;

import io.defradb.document.Value;

/** A running aggregate. For one thread. */
public interface Accumulator {
  /** One more member; {@code Value.NULL} for one whose value is unset or not asked. */
  void add(Value value);

  /** {@code count} more members whose values nobody needs. */
  default void addMembers(long count) {
    for (long i = 0; i < count; i++) {
      add(Value.NULL);
    }
  }

  /** Of what was added so far. */
  Value result();
}
