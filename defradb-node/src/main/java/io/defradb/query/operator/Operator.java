package io.defradb.query.operator;

import org.jspecify.annotations.Nullable;

/** A running step: pull rows until there are no more, then close. For one thread. */
interface Operator extends AutoCloseable {
  /** {@code null}: no more rows, now and at every later call. */
  @Nullable Row next();

  /** Closes everything below; harmless when repeated. */
  @Override
  void close();
}
