package io.defradb.acp;

import io.defradb.multiformats.Bytes;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What access control knows, in memory. */
final class AccessInMemory implements AccessStore {
  private final Map<Bytes, byte[]> entries = new HashMap<>();

  @Override
  public byte @Nullable [] get(byte[] key) {
    return entries.get(Bytes.wrap(key));
  }

  @Override
  public void put(byte[] key, byte[] value) {
    entries.put(Bytes.wrap(key), value);
  }

  @Override
  public void delete(byte[] key) {
    entries.remove(Bytes.wrap(key));
  }
}
