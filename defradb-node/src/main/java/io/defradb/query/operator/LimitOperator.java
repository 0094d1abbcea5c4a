package io.defradb.query.operator;

import org.jspecify.annotations.Nullable;

/** Drops {@code offset} rows of its source, passes the next {@code limit}, then stops pulling. */
final class LimitOperator implements Operator {
  private final Operator source;
  private long toSkip;
  private long toPass;

  /** {@code limit} 0: all that remain. */
  LimitOperator(Operator source, long offset, long limit) {
    this.source = source;
    this.toSkip = offset;
    this.toPass = limit == 0 ? Long.MAX_VALUE : limit;
  }

  @Override
  public @Nullable Row next() {
    for (; toSkip > 0; toSkip--) {
      if (source.next() == null) {
        toPass = 0;
        return null;
      }
    }
    if (toPass <= 0) {
      return null;
    }
    toPass--;
    return source.next();
  }

  @Override
  public void close() {
    source.close();
  }
}
