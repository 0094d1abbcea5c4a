package io.defradb.query.operator;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Rows that are there already, or made one by one without anything to close. */
final class RowsOperator implements Operator {
  private final Iterator<? extends Row> rows;

  RowsOperator(Iterator<? extends Row> rows) {
    this.rows = rows;
  }

  @Override
  public @Nullable Row next() {
    return rows.hasNext() ? rows.next() : null;
  }

  @Override
  public void close() {}
}
