package io.defradb.dag;

import io.defradb.crdt.Delta;
import io.defradb.multiformats.Cid;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A commit: a delta and its place in the DAG (data-model specification, section 5).
 *
 * @param heads the previous blocks of the same chain, sorted by CID text
 * @param links what a composite or collection block covers, sorted by CID text
 * @param encryption CID of the block that holds the key of {@code delta.data}
 * @param signature CID of the signature block
 */
public record Block(
    Delta delta,
    List<Cid> heads,
    List<DagLink> links,
    @Nullable Cid encryption,
    @Nullable Cid signature) {
  public Block {
    heads = List.copyOf(heads);
    links = List.copyOf(links);
  }
}
