package io.defradb.replication.access;

import io.defradb.acp.Asker;
import io.defradb.acp.DocumentAccess.Permission;
import io.defradb.crdt.Delta;
import io.defradb.dag.BlockCodec;
import io.defradb.db.CommitAccess;
import io.defradb.db.Database;
import io.defradb.db.Transaction;
import io.defradb.document.DocId;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.libp2p.protocol.bitswap.BlockSource;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import io.defradb.replication.replicator.ReplicatorTargets;
import io.defradb.schema.CollectionVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The blocks that peers get: all there are but keys, which are kept apart, and but commits of
 * protected documents that the peer's identity may not read. A peer is asked for its identity only
 * when a decision needs it. Targets of replicators get what they are pushed. While no collection
 * has a policy, nothing is looked at.
 */
public final class GuardedBlocks implements BlockSource {
  private final Database database;
  private final PeerIdentities identities;
  private final Executor workers;
  private volatile Policies policies = new Policies(-1, false);

  /** Whether any collection has a policy, in the catalog of that generation. */
  private record Policies(long generation, boolean areThere) {}

  /** What came of one look; {@code null}: the peer's identity is needed. */
  private record Look(@Nullable List<Optional<Bytes>> blocks) {}

  public GuardedBlocks(Database database, PeerIdentities identities, Executor workers) {
    this.database = database;
    this.identities = identities;
    this.workers = workers;
  }

  @Override
  public CompletionStage<List<Optional<Bytes>>> read(PeerId peer, List<Cid> cids, int bytesMax) {
    return CompletableFuture.supplyAsync(() -> look(peer, null, cids, bytesMax), workers)
        .thenCompose(
            look ->
                look.blocks == null
                    ? identities
                        .of(peer)
                        .thenApplyAsync(asker -> known(look(peer, asker, cids, bytesMax)), workers)
                    : CompletableFuture.completedFuture(look.blocks));
  }

  private static List<Optional<Bytes>> known(Look look) {
    if (look.blocks == null) {
      throw new IllegalStateException("an identity was given");
    }
    return look.blocks;
  }

  private Look look(PeerId peer, @Nullable Asker asker, List<Cid> cids, int bytesMax) {
    List<Optional<Bytes>> blocks = new ArrayList<>();
    int bytes = 0;
    try (Transaction transaction = database.begin(true)) {
      boolean isGuarded = hasPolicies(transaction);
      for (Cid cid : cids) {
        Bytes block = transaction.commits().raw(cid);
        if (block != null && isGuarded) {
          Verdict verdict = judge(transaction, peer, asker, block);
          if (verdict == Verdict.WHO) {
            return new Look(null);
          }
          block = verdict == Verdict.YES ? block : null;
        }
        blocks.add(Optional.ofNullable(block));
        bytes += block == null ? 0 : block.length();
        if (bytes >= bytesMax) {
          break;
        }
      }
    }
    return new Look(blocks);
  }

  private boolean hasPolicies(Transaction transaction) {
    long generation = transaction.catalog().generation();
    Policies last = policies;
    if (last.generation != generation) {
      boolean areThere =
          transaction.catalog().all().stream().anyMatch(version -> version.policy() != null);
      last = new Policies(generation, areThere);
      policies = last;
    }
    return last.areThere;
  }

  private enum Verdict {
    YES,
    NO,
    /** It depends on the peer's identity. */
    WHO
  }

  private static Verdict judge(
      Transaction transaction, PeerId peer, @Nullable Asker asker, Bytes block) {
    if (!BlockCodec.isCommit(block.unsafeArray())) {
      return Verdict.YES; // a signature
    }
    Delta delta = BlockCodec.decode(block.unsafeArray()).delta();
    CollectionVersion collection =
        transaction.catalog().byVersionId(delta.schemaVersionId()).orElse(null);
    if (collection == null) {
      return Verdict.NO;
    }
    DocId docId = CommitAccess.docId(delta);
    if (docId == null
        || collection.policy() == null
        || isAllowed(transaction, Asker.ANONYMOUS, collection, docId)
        || ReplicatorTargets.contain(transaction, peer, collection.collectionId(), docId)) {
      return Verdict.YES;
    }
    if (asker == null) {
      return Verdict.WHO;
    }
    return isAllowed(transaction, asker, collection, docId) ? Verdict.YES : Verdict.NO;
  }

  private static boolean isAllowed(
      Transaction transaction, Asker asker, CollectionVersion collection, DocId docId) {
    return transaction.access().isAllowed(asker, Permission.READ, collection, docId);
  }
}
