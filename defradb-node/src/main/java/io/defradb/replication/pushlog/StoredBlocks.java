package io.defradb.replication.pushlog;

import io.defradb.db.Database;
import io.defradb.db.Transaction;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.libp2p.protocol.bitswap.BlockSource;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** The blocks that peers get: all there are but keys, which are kept apart. */
public final class StoredBlocks implements BlockSource {
  private final Database database;
  private final Executor workers;

  public StoredBlocks(Database database, Executor workers) {
    this.database = database;
    this.workers = workers;
  }

  @Override
  public CompletionStage<List<Optional<Bytes>>> read(PeerId asker, List<Cid> cids, int bytesMax) {
    return CompletableFuture.supplyAsync(() -> read(cids, bytesMax), workers);
  }

  private List<Optional<Bytes>> read(List<Cid> cids, int bytesMax) {
    List<Optional<Bytes>> blocks = new ArrayList<>();
    int bytes = 0;
    try (Transaction transaction = database.begin(true)) {
      for (Cid cid : cids) {
        Bytes block = transaction.commits().raw(cid);
        blocks.add(Optional.ofNullable(block));
        bytes += block == null ? 0 : block.length();
        if (bytes >= bytesMax) {
          break;
        }
      }
    }
    return blocks;
  }
}
