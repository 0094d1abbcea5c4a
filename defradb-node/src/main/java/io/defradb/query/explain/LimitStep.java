package io.defradb.query.explain;

/** Drops {@code offset} rows and passes {@code limit} on; no limit is 0. */
final class LimitStep extends OverStep {
  private final long offset;
  private final long limit;
  private long rows;

  LimitStep(Step source, long offset, long limit) {
    super("limitNode", source);
    this.offset = Math.max(offset, 0);
    this.limit = Math.max(limit, 0);
  }

  @Override
  void begin() {
    rows = 0;
    super.begin();
  }

  @Override
  boolean advance() {
    if (limit != 0 && rows >= limit + offset) {
      return false;
    }
    do {
      if (!source().next()) {
        return false;
      }
      rows++;
    } while (rows <= offset);
    return true;
  }
}
