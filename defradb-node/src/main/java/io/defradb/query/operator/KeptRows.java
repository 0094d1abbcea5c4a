package io.defradb.query.operator;

import io.defradb.db.LocalState;
import io.defradb.db.Transaction;
import io.defradb.schema.CollectionVersion;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a materialized view as stored, each JSON under the collection's local number and its
 * own, from 0 and without gaps. Read a page at a time.
 *
 * <pre>
 * local, space VIEW_ROW: collection u32be | row u64be -> JSON
 * </pre>
 */
final class KeptRows {
  private static final int PAGE_KEY_BYTES = Integer.BYTES + Long.BYTES - 1;
  private static final int PAGE_ROWS = 256;

  private final LocalState local;
  private final int shortId;

  KeptRows(Transaction transaction, CollectionVersion view) {
    this.local = transaction.local();
    this.shortId = transaction.catalog().shortId(view.collectionId());
  }

  void put(long row, byte[] json) {
    local.put(LocalState.Space.VIEW_ROW, key(row), json);
  }

  /** Deletes all rows from {@code first} on. */
  void deleteFrom(long first) {
    long row = first;
    while (local.get(LocalState.Space.VIEW_ROW, key(row)) != null) {
      local.delete(LocalState.Space.VIEW_ROW, key(row));
      row++;
    }
  }

  private byte[] key(long row) {
    return ByteBuffer.allocate(Integer.BYTES + Long.BYTES).putInt(shortId).putLong(row).array();
  }

  private List<LocalState.Entry> page(long number) {
    byte[] prefix = new byte[PAGE_KEY_BYTES];
    System.arraycopy(key(number * PAGE_ROWS), 0, prefix, 0, PAGE_KEY_BYTES);
    return local.list(LocalState.Space.VIEW_ROW, prefix);
  }

  /** All of them in order. For one thread. */
  final class Walk {
    private long nextPage;
    private Iterator<LocalState.Entry> rows = List.<LocalState.Entry>of().iterator();
    private boolean isLastPage;

    byte @Nullable [] next() {
      if (!rows.hasNext() && !isLastPage) {
        List<LocalState.Entry> page = page(nextPage++);
        isLastPage = page.size() < PAGE_ROWS;
        rows = page.iterator();
      }
      return rows.hasNext() ? rows.next().value() : null;
    }
  }
}
