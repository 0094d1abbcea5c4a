package io.defradb.crdt;

import io.defradb.multiformats.Bytes;

/** Last writer wins: the higher priority; on a tie, the value greater in unsigned byte order. */
public final class LwwRegister {
  private LwwRegister() {}

  /**
   * Whether a write replaces the current state; {@code data} are plain bytes, absent is CBOR null.
   */
  public static boolean wins(long currentPriority, Bytes currentData, long priority, Bytes data) {
    int byPriority = Long.compareUnsigned(priority, currentPriority);
    return byPriority > 0 || (byPriority == 0 && data.compareTo(currentData) > 0);
  }
}
