package io.defradb.storage.sealed;

import io.defradb.storage.Column;
import io.defradb.storage.Cursor;
import io.defradb.storage.KeyRange;
import io.defradb.storage.Snapshot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Opens what it reads; a value that nobody asks for stays sealed. */
record SealedSnapshot(Snapshot snapshot, ValueSealer sealer) implements Snapshot {
  @Override
  public byte @Nullable [] get(Column column, byte[] key) {
    byte[] sealed = snapshot.get(column, key);
    return sealed == null || !column.isSealed() ? sealed : sealer.open(column, key, sealed);
  }

  @Override
  public List<byte @Nullable []> getAll(Column column, List<byte[]> keys) {
    List<byte @Nullable []> sealed = snapshot.getAll(column, keys);
    if (!column.isSealed()) {
      return sealed;
    }
    List<byte @Nullable []> values = new ArrayList<>(sealed.size());
    for (int i = 0; i < sealed.size(); i++) {
      byte[] value = sealed.get(i);
      values.add(value == null ? null : sealer.open(column, keys.get(i), value));
    }
    return values;
  }

  @Override
  public Cursor cursor(Column column, KeyRange range, boolean isReverse) {
    Cursor cursor = snapshot.cursor(column, range, isReverse);
    return column.isSealed() ? new SealedCursor(column, cursor, sealer) : cursor;
  }

  @Override
  public void close() {
    snapshot.close();
  }

  private record SealedCursor(Column column, Cursor cursor, ValueSealer sealer) implements Cursor {
    @Override
    public boolean next() {
      return cursor.next();
    }

    @Override
    public byte[] key() {
      return cursor.key();
    }

    @Override
    public byte[] value() {
      return sealer.open(column, cursor.key(), cursor.value());
    }

    @Override
    public void close() {
      cursor.close();
    }
  }
}
