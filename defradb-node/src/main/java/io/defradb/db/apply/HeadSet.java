package io.defradb.db.apply;

import io.defradb.db.keys.Head;
import io.defradb.multiformats.Cid;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * The heads of one chain: its applied blocks that no applied block of the chain names (data-model
 * specification, section 7). Blocks are applied parents first, so a new one is always a head.
 */
public record HeadSet(List<Head> heads) {
  private static final Comparator<Head> BY_CID = Comparator.comparing(Head::cid);

  /** Of a chain without blocks. */
  public static final HeadSet EMPTY = new HeadSet(List.of());

  public HeadSet {
    heads = List.copyOf(heads);
  }

  /** The heads after a block that names {@code parents}. */
  public HeadSet advance(Cid cid, long height, Collection<Cid> parents) {
    List<Head> advanced = new ArrayList<>(heads.size() + 1);
    for (Head head : heads) {
      if (!parents.contains(head.cid()) && !head.cid().equals(cid)) {
        advanced.add(head);
      }
    }
    advanced.add(new Head(cid, height));
    return new HeadSet(advanced);
  }

  /** What the next block of the chain gets as priority. */
  public long nextHeight() {
    long height = 0;
    for (Head head : heads) {
      height = Math.max(height, head.height());
    }
    return height + 1;
  }

  /** In the order in which blocks name them: by CID text. */
  public List<Cid> cids() {
    if (heads.size() <= 1) {
      return heads.isEmpty() ? List.of() : List.of(heads.get(0).cid());
    }
    return heads.stream().sorted(BY_CID).map(Head::cid).toList();
  }
}
