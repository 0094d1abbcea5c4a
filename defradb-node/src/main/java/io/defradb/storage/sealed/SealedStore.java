package io.defradb.storage.sealed;

import io.defradb.multiformats.Bytes;
import io.defradb.storage.Column;
import io.defradb.storage.KeyValueStore;
import io.defradb.storage.Snapshot;
import io.defradb.storage.WriteBatch;
import java.security.SecureRandom;
import java.util.Objects;

/**
 * A store whose values are sealed with AES-GCM, but for those of columns in clear; keys stay as
 * they are. Owns the store below it and closes it. The store below must have {@link #COLUMN} among
 * its columns.
 */
public final class SealedStore implements KeyValueStore {
  /** Where a store notes how it is sealed; nobody else writes here. */
  public static final Column COLUMN = new Column("seal", 255, Column.Access.POINT);

  private final KeyValueStore store;
  private final ValueSealer sealer;

  private SealedStore(KeyValueStore store, ValueSealer sealer) {
    this.store = store;
    this.sealer = sealer;
  }

  /**
   * Opens a sealed store, or seals an empty one.
   *
   * @param masterKey 16, 24 or 32 bytes
   * @throws io.defradb.error.DefraException ENCRYPTION_KEY_MISMATCH: sealed with another key, or
   *     not sealed
   */
  public static KeyValueStore open(KeyValueStore store, Bytes masterKey, SecureRandom random) {
    var keys = new EpochKeys(masterKey);
    var records = new SealRecords(store);
    records.requireSealedWith(keys, random);
    return new SealedStore(store, records.beginEpoch(keys, random));
  }

  /**
   * Checks that {@code store} is not sealed, and answers it as it is.
   *
   * @throws io.defradb.error.DefraException ENCRYPTION_KEY_MISMATCH: it is
   */
  public static KeyValueStore openPlain(KeyValueStore store) {
    new SealRecords(store).requirePlain();
    return store;
  }

  @Override
  public Snapshot snapshot() {
    return new SealedSnapshot(store.snapshot(), sealer);
  }

  @Override
  public void write(WriteBatch batch, Durability durability) {
    var sealed = new WriteBatch();
    for (WriteBatch.Operation operation : batch.operations()) {
      Column column = operation.column();
      byte[] key = operation.key();
      switch (operation.kind()) {
        case PUT -> {
          byte[] value = Objects.requireNonNull(operation.value());
          sealed.put(column, key, column.isSealed() ? sealer.seal(column, key, value) : value);
        }
        case DELETE -> sealed.delete(column, key);
        case DELETE_RANGE ->
            sealed.deleteRange(column, key, Objects.requireNonNull(operation.value()));
      }
    }
    store.write(sealed, durability);
  }

  @Override
  public void settle() {
    store.settle();
  }

  @Override
  public long sizeBytes() {
    return store.sizeBytes();
  }

  @Override
  public void close() {
    store.close();
  }
}
