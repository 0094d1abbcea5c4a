package io.defradb.replication.access;

import io.defradb.acp.Asker;
import io.defradb.db.Database;
import io.defradb.db.Transaction;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.replication.keyexchange.KeyAccess;
import io.defradb.replication.keyexchange.KeyGuard;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Keys of protected documents go to peers whose identity may read them. A request says a DID, which
 * counts only when its author proves that it is its own.
 */
public final class GuardedKeys implements KeyGuard {
  private final Database database;
  private final PeerIdentities identities;
  private final Executor workers;

  public GuardedKeys(Database database, PeerIdentities identities, Executor workers) {
    this.database = database;
    this.identities = identities;
    this.workers = workers;
  }

  @Override
  public CompletionStage<KeyAccess> of(PeerId author) {
    return CompletableFuture.supplyAsync(this::hasPolicies, workers)
        .thenCompose(
            isGuarded ->
                isGuarded
                    ? identities.of(author).thenApply(GuardedKeys::access)
                    : CompletableFuture.completedFuture(KeyAccess.READERS));
  }

  private boolean hasPolicies() {
    try (Transaction transaction = database.begin(true)) {
      return transaction.catalog().all().stream().anyMatch(version -> version.policy() != null);
    }
  }

  private static KeyAccess access(Asker proved) {
    return (transaction, did, docId) ->
        KeyAccess.READERS.mayRead(transaction, proved.did().equals(did) ? did : "", docId);
  }
}
