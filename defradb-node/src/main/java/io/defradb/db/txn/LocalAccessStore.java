package io.defradb.db.txn;

import io.defradb.acp.AccessStore;
import io.defradb.db.LocalState;
import io.defradb.db.LocalState.Space;
import org.jspecify.annotations.Nullable;

/** What access control knows, in local state. */
record LocalAccessStore(LocalState local) implements AccessStore {
  @Override
  public byte @Nullable [] get(byte[] key) {
    return local.get(Space.ACCESS, key);
  }

  @Override
  public void put(byte[] key, byte[] value) {
    local.put(Space.ACCESS, key, value);
  }

  @Override
  public void delete(byte[] key) {
    local.delete(Space.ACCESS, key);
  }
}
