package io.defradb.acp;

import org.jspecify.annotations.Nullable;

/**
 * Where access control keeps what it knows, as one transaction sees it: what is put here is stored
 * with the transaction's documents or not at all. For one thread.
 */
public interface AccessStore {
  byte @Nullable [] get(byte[] key);

  void put(byte[] key, byte[] value);

  void delete(byte[] key);
}
