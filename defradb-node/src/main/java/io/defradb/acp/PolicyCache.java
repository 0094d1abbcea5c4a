package io.defradb.acp;

import io.defradb.multiformats.Bytes;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Policies that were read from their records before. What is stored is compared as a whole, so a
 * policy that another transaction made and never committed is none here. Safe for use by many
 * threads.
 */
final class PolicyCache {
  private static final int POLICIES_MAX = 128;

  private final Map<Bytes, StoredPolicy> policies =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Bytes, StoredPolicy> eldest) {
          return size() > POLICIES_MAX;
        }
      };

  StoredPolicy decode(byte[] record) {
    Bytes key = Bytes.wrap(record);
    synchronized (policies) {
      StoredPolicy known = policies.get(key);
      if (known == null) {
        known = StoredPolicy.decode(record);
        policies.put(key, known);
      }
      return known;
    }
  }
}
