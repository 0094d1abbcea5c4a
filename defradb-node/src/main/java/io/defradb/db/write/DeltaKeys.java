package io.defradb.db.write;

import io.defradb.crypto.AesGcm;
import io.defradb.dag.BlockCodec;
import io.defradb.dag.EncryptionBlock;
import io.defradb.db.keys.BlockPlace;
import io.defradb.db.keys.Columns;
import io.defradb.db.overlay.Overlay;
import io.defradb.document.DocId;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import io.defradb.storage.Cursor;
import io.defradb.storage.KeyRange;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Keys of encrypted deltas: made, stored apart from other blocks, used (data-model specification,
 * section 9).
 */
final class DeltaKeys {
  private final Overlay overlay;
  private final WriteRandom random;
  private boolean isLookedUp;
  private boolean isStored;

  DeltaKeys(Overlay overlay, WriteRandom random) {
    this.overlay = overlay;
    this.random = random;
  }

  /** A key and the block it is stored in. */
  record DeltaKey(Cid cid, Bytes key) {}

  /**
   * {@code docId}: empty for a collection's blocks; {@code fieldName}: {@code null} for the whole
   * document's key.
   */
  DeltaKey create(DocId docId, @Nullable String fieldName) {
    Bytes key = Bytes.wrap(random.encryptionKey(docId, fieldName == null ? "" : fieldName));
    byte[] block = new EncryptionBlock(docId, fieldName, key).encode();
    Cid cid = BlockCodec.cid(block);
    overlay.put(Columns.ENCRYPTION, BlockPlace.key(cid), block);
    return new DeltaKey(cid, key);
  }

  /**
   * Whether there is any key, stored or made here; without one no block need be read for its own.
   */
  boolean isAny() {
    if (!isLookedUp) {
      isLookedUp = true;
      try (Cursor stored = overlay.snapshot().cursor(Columns.ENCRYPTION, KeyRange.ALL, false)) {
        isStored = stored.next();
      }
    }
    return isStored || overlay.writes().containsKey(Columns.ENCRYPTION);
  }

  /** {@code null}: the key is not here. */
  @Nullable DeltaKey find(Cid cid) {
    byte[] block = overlay.getUntracked(Columns.ENCRYPTION, BlockPlace.key(cid));
    return block == null ? null : new DeltaKey(cid, EncryptionBlock.decode(block).key());
  }

  /** Nonce, cipher text and tag, as they stand in a delta. */
  Bytes seal(DeltaKey key, byte[] plain) {
    byte[] nonce = random.encryptionNonce();
    byte[] sealed = AesGcm.seal(key.key().toArray(), nonce, new byte[0], plain);
    byte[] data = Arrays.copyOf(nonce, nonce.length + sealed.length);
    System.arraycopy(sealed, 0, data, nonce.length, sealed.length);
    return Bytes.wrap(data);
  }
}
