package io.defradb.query.filter;

import io.defradb.document.FieldKind;
import io.defradb.document.Value;

/**
 * An operator on one value: its name in a request, the kinds of fields it is for, its meaning.
 *
 * <p>Query language specification, 3.1.
 */
public interface FilterOperator {
  /** As written: {@code _eq}. */
  String name();

  /** True when a field (or element) of {@code kind} can be asked with it. */
  boolean isFor(FieldKind kind);

  /**
   * Makes the test of values of {@code kind} against {@code operand}.
   *
   * @throws io.defradb.error.DefraException INVALID_REQUEST for an operand it cannot compare with
   */
  ValueTest prepare(FieldKind kind, Value operand);
}
