package io.defradb.query.explain;

import io.defradb.request.Page;

/** Drops {@code offset} rows and passes {@code limit} on; no limit is 0. */
final class LimitStep extends OverStep {
  private final long offset;
  private final long limit;
  private long rows;

  LimitStep(Step source, Page page) {
    super("limitNode", source);
    this.offset = page.skipped();
    this.limit = page.taken();
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
