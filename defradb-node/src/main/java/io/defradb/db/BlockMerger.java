package io.defradb.db;

import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import io.defradb.schema.CollectionVersion;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Applies commits that were made on other nodes, inside a transaction (data-model specification,
 * section 7). Each block is applied once, parents first, in whatever order they are handed in.
 */
public interface BlockMerger {
  /** Whether the block was applied; then everything below it was, too. */
  boolean isApplied(Cid cid);

  /** Whether the block is stored, applied or kept for later. */
  boolean isStored(Cid cid);

  /** Stores a block that cannot be applied yet. Its bytes are known to be those of {@code cid}. */
  void keep(Cid cid, Bytes block);

  /**
   * Stores the key of encrypted deltas.
   *
   * @throws io.defradb.error.DefraException INVALID_CBOR
   */
  void keepKey(Bytes encryptionBlock);

  /** A stored encryption block; {@code null}: it is not here. */
  @Nullable Bytes key(Cid encryption);

  /**
   * Applies a commit with everything below it that was not applied, or nothing when something of
   * that is missing.
   *
   * @param collection the collection's active version
   * @param tip a composite, or a commit of the collection's own chain
   * @param fetched blocks that are not stored; their bytes are known to be those of their CIDs
   * @param commitsMax after how many commits to stop; call again in another transaction
   * @throws io.defradb.error.DefraException SIGNATURE_INVALID, INVALID_CBOR, PEER_FAULT,
   *     NEGATIVE_COUNTER: the commits will never be applied. Close the transaction
   */
  MergeOutcome merge(
      CollectionVersion collection, Cid tip, Map<Cid, Bytes> fetched, int commitsMax);
}
