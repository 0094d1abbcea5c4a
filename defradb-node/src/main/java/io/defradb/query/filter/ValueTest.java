package io.defradb.query.filter;

import io.defradb.document.Value;

/** A condition on one value, ready to run. Immutable, safe for use by many threads. */
@FunctionalInterface
public interface ValueTest {
  boolean matches(Value value);

  /** Matches everything: the empty conjunction. */
  ValueTest EVERYTHING = value -> true;
}
