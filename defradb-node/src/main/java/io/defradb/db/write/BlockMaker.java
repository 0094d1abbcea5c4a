package io.defradb.db.write;

import io.defradb.crypto.Signer;
import io.defradb.dag.Block;
import io.defradb.dag.BlockCodec;
import io.defradb.dag.SignatureBlock;
import io.defradb.db.apply.Commit;
import io.defradb.identity.PublicIdentity;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Encodes, signs and hashes blocks (data-model specification, sections 5 and 10). The signatures of
 * one document's field blocks are independent: idle cores take their share of them. Safe for use by
 * many threads.
 */
public final class BlockMaker {
  /** With fewer signatures than this, handing work over costs more than it saves. */
  private static final int SHARED_FROM = 4;

  private final @Nullable Signer signer;
  private final Helpers helpers;
  private final @Nullable String did;
  private final Bytes identity;
  private final String type;

  /** {@code signer}: {@code null} for unsigned blocks. */
  public BlockMaker(@Nullable Signer signer, Helpers helpers) {
    this.signer = signer;
    this.helpers = helpers;
    this.did = signer == null ? null : PublicIdentity.of(signer.publicKey()).did();
    this.identity = signer == null ? Bytes.EMPTY : Bytes.utf8(signer.publicKey().text());
    this.type = signer == null ? "" : signer.publicKey().type().algorithm();
  }

  /** Who is told when a core is busy. */
  public Helpers helpers() {
    return helpers;
  }

  /** DID of who signs here; {@code null} when nobody does. */
  @Nullable String did() {
    return did;
  }

  /** A block as stored, and its signature block before it where it is signed. */
  record Made(Cid cid, byte[] bytes, Commit.@Nullable Encoded signature) {
    void addTo(List<Commit.Encoded> blocks) {
      if (signature != null) {
        blocks.add(signature); // before the block that names it, so that it is stored once
      }
      blocks.add(new Commit.Encoded(cid, bytes));
    }
  }

  Made make(Block block, boolean isSigned) {
    byte[] unsigned = BlockCodec.encode(block);
    if (signer == null || !isSigned) {
      return new Made(BlockCodec.cid(unsigned), unsigned, null);
    }
    byte[] signature =
        new SignatureBlock(type, identity, Bytes.wrap(signer.sign(unsigned))).encode();
    Cid cid = BlockCodec.cid(signature);
    byte[] bytes = BlockCodec.withSignature(block, unsigned, cid);
    return new Made(BlockCodec.cid(bytes), bytes, new Commit.Encoded(cid, signature));
  }

  /**
   * The same for several blocks that do not depend on each other, in order. {@code signed}: which
   * of them.
   */
  List<Made> makeAll(List<Block> blocks, List<Boolean> signed) {
    var work = new SharedWork<>(blocks.size(), i -> make(blocks.get(i), signed.get(i)));
    long signatures = signed.stream().filter(isSigned -> isSigned).count();
    boolean isShared = signer != null && signatures >= SHARED_FROM;
    return isShared ? helpers.share(work) : work.finish();
  }
}
