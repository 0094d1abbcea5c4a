package io.defradb.storage.memory;

import io.defradb.storage.Cursor;
import io.defradb.storage.KeyRange;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Walks a tree in or against key order. The stack holds what is still to be visited, next on top.
 */
final class TreeCursor implements Cursor {
  private final KeyRange range;
  private final boolean isReverse;
  private final Deque<SortedTree> path = new ArrayDeque<>();
  private @Nullable SortedTree current;

  TreeCursor(@Nullable SortedTree root, KeyRange range, boolean isReverse) {
    this.range = range;
    this.isReverse = isReverse;
    SortedTree at = root;
    while (at != null) {
      boolean isInside = isReverse ? isBeforeEnd(at.key) : isFromStart(at.key);
      if (isInside) {
        path.push(at);
      }
      at = isInside != isReverse ? at.left : at.right;
    }
  }

  private boolean isFromStart(byte[] key) {
    return Arrays.compareUnsigned(key, range.from()) >= 0;
  }

  private boolean isBeforeEnd(byte[] key) {
    byte[] end = range.to();
    return end == null || Arrays.compareUnsigned(key, end) < 0;
  }

  @Override
  public boolean next() {
    current = path.poll();
    if (current == null) {
      return false;
    }
    if (!(isReverse ? isFromStart(current.key) : isBeforeEnd(current.key))) {
      close();
      return false;
    }
    SortedTree at = isReverse ? current.left : current.right;
    while (at != null) {
      path.push(at);
      at = isReverse ? at.right : at.left;
    }
    return true;
  }

  @Override
  public byte[] key() {
    return entry().key;
  }

  @Override
  public byte[] value() {
    return entry().value;
  }

  private SortedTree entry() {
    if (current == null) {
      throw new IllegalStateException("no entry: next() was not called or was false");
    }
    return current;
  }

  @Override
  public void close() {
    path.clear();
    current = null;
  }
}
