package io.defradb.query.aggregate;

/** An aggregate: its name in a request, and how it starts. Immutable. */
public interface AggregateFunction {
  /** As written: {@code _sum}. */
  String name();

  Accumulator start();
}
