package io.defradb.db.overlay;

import io.defradb.db.overlay.Overlay.Change;
import io.defradb.storage.Cursor;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Own writes laid over stored entries. The writes are those of the moment it was opened. */
final class MergedCursor implements Cursor {
  private final Cursor stored;
  private final TreeMap<byte[], Change> own;
  private final Consumer<byte[]> onRead;
  private boolean isStoredAhead;
  private boolean isStoredEnded;
  private byte @Nullable [] key;
  private byte @Nullable [] value;

  MergedCursor(Cursor stored, TreeMap<byte[], Change> own, Consumer<byte[]> onRead) {
    this.stored = stored;
    this.own = own;
    this.onRead = onRead;
  }

  @Override
  public boolean next() {
    while (true) {
      if (!isStoredAhead && !isStoredEnded) {
        isStoredAhead = stored.next();
        isStoredEnded = !isStoredAhead;
      }
      Map.Entry<byte[], Change> first = own.firstEntry();
      if (first == null && !isStoredAhead) {
        return false;
      }
      int order =
          first == null
              ? 1
              : !isStoredAhead ? -1 : Arrays.compareUnsigned(first.getKey(), stored.key());
      if (first != null && order <= 0) {
        own.pollFirstEntry();
        isStoredAhead &= order != 0;
        if (first.getValue().value() == null) {
          continue;
        }
        key = first.getKey();
        value = first.getValue().value();
      } else {
        isStoredAhead = false;
        key = stored.key();
        value = null;
        onRead.accept(key);
      }
      return true;
    }
  }

  @Override
  public byte[] key() {
    byte[] current = key;
    if (current == null) {
      throw new IllegalStateException("next was not called");
    }
    return current;
  }

  @Override
  public byte[] value() {
    byte[] current = value;
    return current == null ? stored.value() : current;
  }

  @Override
  public void close() {
    stored.close();
  }
}
