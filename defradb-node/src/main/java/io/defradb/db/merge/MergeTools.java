package io.defradb.db.merge;

import io.defradb.dag.Block;
import io.defradb.dag.SignatureCheck;
import io.defradb.db.apply.Commit;
import io.defradb.db.keys.BlockPlace;
import io.defradb.db.keys.Columns;
import io.defradb.db.log.LogReader;
import io.defradb.db.overlay.Overlay;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the documents of one merge share.
 *
 * @param links the composite that brought a field block in, of blocks applied here
 */
record MergeTools(
    Overlay overlay, MergeSource source, SignatureCheck signatures, Map<Cid, Cid> links) {

  /**
   * Checks the block's signature and adds block and signature to {@code blocks}.
   *
   * @return DID of who signed it; {@code null}: nobody did
   */
  @Nullable String store(Cid cid, Block block, List<Commit.Encoded> blocks) {
    add(cid, source.requireRaw(cid), blocks);
    Cid signature = block.signature();
    if (signature == null) {
      return null;
    }
    Bytes raw = source.requireRaw(signature);
    String signer = signatures.signer(block, raw);
    if (!source.isApplied(signature)) {
      add(signature, raw, blocks);
    }
    return signer;
  }

  private void add(Cid cid, Bytes raw, List<Commit.Encoded> blocks) {
    blocks.add(new Commit.Encoded(cid, raw.unsafeArray()));
    source.noteApplied(cid, raw);
  }

  /** The commit that brought an applied field block in. */
  @Nullable Cid commitOf(Cid fieldBlock) {
    Cid here = links.get(fieldBlock);
    if (here != null) {
      return here;
    }
    byte[] pointer = overlay.getUntracked(Columns.CID, BlockPlace.key(fieldBlock));
    return pointer == null
        ? null
        : new LogReader(overlay.snapshot())
            .entry(BlockPlace.decode(pointer).seq())
            .map(entry -> entry.cid())
            .orElse(null);
  }
}
