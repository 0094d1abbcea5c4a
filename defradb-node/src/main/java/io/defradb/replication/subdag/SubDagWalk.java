package io.defradb.replication.subdag;

import io.defradb.crdt.Delta;
import io.defradb.dag.Block;
import io.defradb.dag.BlockCodec;
import io.defradb.dag.DagLink;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which blocks an answer holds: level by level from the roots, a block after one that links it,
 * down to what the asker knows. Fields' own chains are not followed: each of their blocks is linked
 * by a commit on the way. For one thread.
 */
final class SubDagWalk {
  private static final int BLOCKS_MAX = 500_000;

  private final Deque<Cid> open = new ArrayDeque<>();
  private final Set<Cid> seen = new HashSet<>();
  private final Map<Cid, Follow> follows = new HashMap<>();

  /** What is followed of a block. */
  private enum Follow {
    ALL,
    LINKS
  }

  SubDagWalk(SubDagRequest request) {
    seen.addAll(request.known());
    request.roots().forEach(root -> add(root, Follow.ALL));
  }

  /** The next blocks to read, none at the end. */
  List<Cid> next(int max) {
    List<Cid> next = new ArrayList<>();
    while (next.size() < max && !open.isEmpty()) {
      next.add(open.remove());
    }
    return next;
  }

  /** Of the last ones, these were not read: they come again first. */
  void putBack(List<Cid> cids) {
    for (int i = cids.size(); i > 0; i--) {
      open.addFirst(cids.get(i - 1));
    }
  }

  /** One that is here. */
  void found(Cid cid, Bytes bytes) {
    Follow follow = follows.remove(cid);
    if (follow == null || !BlockCodec.isCommit(bytes.unsafeArray())) {
      return;
    }
    Block block = BlockCodec.decode(bytes.unsafeArray());
    Cid signature = block.signature();
    if (signature != null) {
      add(signature, Follow.LINKS);
    }
    boolean isChain = block.delta() instanceof Delta.Collection;
    for (DagLink link : block.links()) {
      add(link.cid(), Follow.LINKS);
    }
    if (follow == Follow.ALL && (isChain || block.delta() instanceof Delta.Composite)) {
      block.heads().forEach(head -> add(head, Follow.ALL));
    }
  }

  private void add(Cid cid, Follow follow) {
    if (seen.size() < BLOCKS_MAX && seen.add(cid)) {
      open.add(cid);
      follows.put(cid, follow);
    }
  }
}
