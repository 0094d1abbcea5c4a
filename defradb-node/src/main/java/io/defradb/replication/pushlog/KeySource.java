package io.defradb.replication.pushlog;

import io.defradb.multiformats.Cid;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Gets keys that are not here. */
@FunctionalInterface
public interface KeySource {
  /** Of a node that asks nobody. */
  KeySource NONE = keys -> CompletableFuture.completedFuture(false);

  /**
   * Completes with whether all of them are stored now; never fails, and ends after a limit. Must
   * not block.
   *
   * @param keys CIDs of encryption blocks
   */
  CompletionStage<Boolean> fetch(Set<Cid> keys);
}
