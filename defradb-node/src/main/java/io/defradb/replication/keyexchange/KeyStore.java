package io.defradb.replication.keyexchange;

import io.defradb.dag.EncryptionBlock;
import io.defradb.db.Database;
import io.defradb.db.Transaction;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Encryption blocks as stored. Reads and writes the store. */
final class KeyStore {
  private final Database database;

  KeyStore(Database database) {
    this.database = database;
  }

  /**
   * Those that {@code did} may have, in the order of {@code links}. Throws BLOCK_NOT_FOUND when one
   * is not here: somebody else may have all.
   */
  List<Bytes> readable(KeyAccess access, String did, List<Cid> links) {
    List<Bytes> blocks = new ArrayList<>();
    try (Transaction transaction = database.begin(true)) {
      for (Cid link : links) {
        Bytes block = transaction.merger().key(link);
        if (block == null) {
          throw new DefraException(
              ErrorCode.BLOCK_NOT_FOUND, "failed attempt to get encryption key");
        }
        EncryptionBlock key = EncryptionBlock.decode(block.unsafeArray());
        if (access.mayRead(transaction, did, key.docId())) {
          blocks.add(block);
        }
      }
    }
    return blocks;
  }

  /** Throws INVALID_CBOR: none of them is stored. */
  void keep(Collection<Bytes> blocks) {
    try (Transaction transaction = database.begin(false)) {
      blocks.forEach(transaction.merger()::keepKey);
      transaction.commit();
    }
  }
}
