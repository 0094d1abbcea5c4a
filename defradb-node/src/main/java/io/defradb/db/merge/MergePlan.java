package io.defradb.db.merge;

import io.defradb.crdt.Delta;
import io.defradb.dag.Block;
import io.defradb.dag.DagLink;
import io.defradb.multiformats.Cid;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What has to be applied below a commit, parents first, and what of that is not here. Walks without
 * recursion: a chain can have any length.
 */
final class MergePlan {
  /** A composite or a commit of a collection's chain. */
  record Step(Cid cid, Block block) {}

  private final MergeSource source;
  private final List<Step> steps = new ArrayList<>();
  private final Set<Cid> missing = new HashSet<>();
  private final Set<Cid> missingKeys = new HashSet<>();
  private final Set<Cid> seen = new HashSet<>();

  /** A commit whose parents are being walked. */
  private record Open(Cid cid, Block block, Deque<Cid> parents) {}

  private MergePlan(MergeSource source) {
    this.source = source;
  }

  static MergePlan of(MergeSource source, Cid tip) {
    var plan = new MergePlan(source);
    plan.walk(tip);
    return plan;
  }

  List<Step> steps() {
    return steps;
  }

  Set<Cid> missing() {
    return missing;
  }

  Set<Cid> missingKeys() {
    return missingKeys;
  }

  private void walk(Cid tip) {
    Deque<Open> path = new ArrayDeque<>();
    open(path, tip);
    while (!path.isEmpty()) {
      Open last = path.getLast();
      Cid parent = last.parents().poll();
      if (parent == null) {
        path.removeLast();
        steps.add(new Step(last.cid(), last.block()));
      } else {
        open(path, parent);
      }
    }
  }

  private void open(Deque<Open> path, Cid cid) {
    if (!seen.add(cid) || source.isApplied(cid)) {
      return;
    }
    Block block = read(cid);
    if (block == null) {
      return;
    }
    Deque<Cid> parents = new ArrayDeque<>(block.heads());
    if (block.delta() instanceof Delta.Collection) {
      block.links().forEach(link -> parents.add(link.cid()));
    } else if (block.delta() instanceof Delta.Composite) {
      checkFields(block);
    } else {
      throw MergeSource.fault("a field's block stands where a commit of a document should");
    }
    path.addLast(new Open(cid, block, parents));
  }

  private void checkFields(Block composite) {
    Deque<Cid> open = new ArrayDeque<>();
    for (DagLink link : composite.links()) {
      open.add(link.cid());
    }
    while (!open.isEmpty()) {
      Cid cid = open.remove();
      if (!source.isApplied(cid) && seen.add(cid)) {
        Block block = read(cid);
        if (block != null) {
          open.addAll(block.heads());
        }
      }
    }
  }

  /** {@code null}: it is missing, which is noted, as are its signature and its key. */
  private @Nullable Block read(Cid cid) {
    Block block = source.block(cid);
    if (block == null) {
      missing.add(cid);
      return null;
    }
    Cid signature = block.signature();
    if (signature != null && source.raw(signature) == null) {
      missing.add(signature);
    }
    Cid encryption = block.encryption();
    if (encryption != null && !source.hasKey(encryption)) {
      missingKeys.add(encryption);
    }
    return block;
  }
}
