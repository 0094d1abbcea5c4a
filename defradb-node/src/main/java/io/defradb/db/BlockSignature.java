package io.defradb.db;

import io.defradb.crypto.PublicKey;
import io.defradb.dag.Block;
import io.defradb.dag.BlockCodec;
import io.defradb.dag.SignatureBlock;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;

/** Checks who signed a stored block (data-model specification, section 10). */
public final class BlockSignature {
  private BlockSignature() {}

  /**
   * Returns when {@code key} signed the block.
   *
   * @throws DefraException BLOCK_NOT_FOUND, SIGNATURE_INVALID
   */
  public static void requireSignedBy(PublicKey key, Cid cid, CommitReader commits) {
    Block block = BlockCodec.decode(raw(cid, commits).toArray());
    Cid signatureCid = block.signature();
    if (signatureCid == null) {
      throw new DefraException(ErrorCode.SIGNATURE_INVALID, "block is not signed");
    }
    SignatureBlock signature = SignatureBlock.decode(raw(signatureCid, commits).toArray());
    if (!signature.identity().toUtf8().equals(key.text())) {
      throw new DefraException(
          ErrorCode.SIGNATURE_INVALID, "signature was created by a different key");
    }
    var signed = new Block(block.delta(), block.heads(), block.links(), block.encryption(), null);
    if (!key.verifies(BlockCodec.encode(signed), signature.value().toArray())) {
      throw new DefraException(ErrorCode.SIGNATURE_INVALID, "signature verification failed");
    }
  }

  private static Bytes raw(Cid cid, CommitReader commits) {
    Bytes raw = commits.raw(cid);
    if (raw == null) {
      throw new DefraException(ErrorCode.BLOCK_NOT_FOUND, "ipld: could not find " + cid);
    }
    return raw;
  }
}
