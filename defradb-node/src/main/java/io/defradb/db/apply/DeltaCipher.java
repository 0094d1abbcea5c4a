package io.defradb.db.apply;

import io.defradb.crypto.AesGcm;
import io.defradb.dag.Block;
import io.defradb.dag.EncryptionBlock;
import io.defradb.db.keys.BlockPlace;
import io.defradb.db.keys.Columns;
import io.defradb.db.overlay.Overlay;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Opens the data of encrypted deltas (data-model specification, section 9): nonce, cipher text. */
public final class DeltaCipher {
  private DeltaCipher() {}

  /** The block's plain {@code data}; {@code null}: its key is not here. */
  public static @Nullable Bytes plain(Overlay overlay, Block block, Bytes data) {
    Cid encryption = block.encryption();
    if (encryption == null) {
      return data;
    }
    byte[] stored = overlay.getUntracked(Columns.ENCRYPTION, BlockPlace.key(encryption));
    return stored == null ? null : open(EncryptionBlock.decode(stored).key(), data);
  }

  private static Bytes open(Bytes key, Bytes data) {
    byte[] bytes = data.unsafeArray();
    byte[] nonce = Arrays.copyOf(bytes, AesGcm.NONCE_BYTES);
    byte[] sealed = Arrays.copyOfRange(bytes, AesGcm.NONCE_BYTES, bytes.length);
    return Bytes.wrap(AesGcm.open(key.toArray(), nonce, new byte[0], sealed));
  }
}
