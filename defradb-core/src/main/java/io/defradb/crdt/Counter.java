package io.defradb.crdt;

import io.defradb.document.FieldKind;
import io.defradb.document.Value;

/** Counters. */
public final class Counter {
  private Counter() {}

  /** The value after one more increment; throws {@code NEGATIVE_COUNTER}. */
  public static Value add(CrdtType type, FieldKind kind, Value current, Value increment) {
    throw new UnsupportedOperationException();
  }
}
