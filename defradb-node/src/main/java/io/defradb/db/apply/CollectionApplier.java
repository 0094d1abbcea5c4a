package io.defradb.db.apply;

import io.defradb.dag.Block;
import io.defradb.db.catalog.CatalogStore;
import io.defradb.db.keys.Columns;
import io.defradb.db.log.LogEntry;
import io.defradb.multiformats.Cid;
import io.defradb.schema.CollectionVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Applies commits to a branchable collection's own chain, which has no state but its heads. */
public final class CollectionApplier {
  private final ApplyTarget target;
  private final byte[] key;

  public CollectionApplier(ApplyTarget target, CollectionVersion collection) {
    this.target = target;
    this.key = CatalogStore.collectionHeadsKey(collection.collectionId());
  }

  public HeadSet heads() {
    return new HeadSet(HeadList.decode(target.overlay().get(Columns.SYSTEM, key)));
  }

  /**
   * Applies one commit, whose linked composite was applied, and notes it in the log.
   *
   * @param blocks what is stored with it, itself among them
   * @param signer DID of who signed it, when that is known for sure
   */
  public void apply(Cid cid, Block block, List<Commit.Encoded> blocks, @Nullable String signer) {
    long height = block.delta().priority();
    HeadSet advanced = heads().advance(cid, height, block.heads());
    target.overlay().put(Columns.SYSTEM, key, HeadList.encode(advanced.heads()));
    LogEntry entry =
        target.entry(
            LogEntry.Kind.COLLECTION,
            LogEntry.Op.UPDATE,
            cid,
            null,
            block.delta().schemaVersionId(),
            List.of(),
            height,
            block.heads(),
            signer,
            false,
            List.of());
    target.commits().add(new Commit(entry, blocks, null, null));
  }
}
