package io.defradb.db.txn;

import io.defradb.db.LocalState;
import io.defradb.db.keys.Columns;
import io.defradb.db.overlay.Overlay;
import io.defradb.storage.Cursor;
import io.defradb.storage.KeyRange;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Local state in a column of its own.
 *
 * <pre>
 * local: space u8 | key -> value
 * </pre>
 */
record OverlayLocalState(Overlay overlay) implements LocalState {
  @Override
  public byte @Nullable [] get(Space space, byte[] key) {
    return overlay.get(Columns.LOCAL, stored(space, key));
  }

  @Override
  public void put(Space space, byte[] key, byte[] value) {
    overlay.put(Columns.LOCAL, stored(space, key), value);
  }

  @Override
  public void delete(Space space, byte[] key) {
    overlay.delete(Columns.LOCAL, stored(space, key));
  }

  @Override
  public List<Entry> list(Space space, byte[] prefix) {
    List<Entry> entries = new ArrayList<>();
    try (Cursor cursor = overlay.cursor(Columns.LOCAL, KeyRange.prefix(stored(space, prefix)))) {
      while (cursor.next()) {
        byte[] key = cursor.key();
        entries.add(new Entry(Arrays.copyOfRange(key, 1, key.length), cursor.value()));
      }
    }
    return entries;
  }

  private static byte[] stored(Space space, byte[] key) {
    return ByteBuffer.allocate(1 + key.length).put((byte) space.number()).put(key).array();
  }
}
