package io.defradb.replication.pushlog;

import io.defradb.dag.Block;
import io.defradb.dag.BlockCodec;
import io.defradb.dag.DagLink;
import io.defradb.db.CommitReader;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What goes with a told commit, so that the receiver need not ask for it: its signature and fields,
 * and those of commits below it, newest first, up to a bound. For one thread.
 */
public final class AccompanyingBlocks {
  private static final int COMMITS_MAX = 16;
  private static final int CALL_BYTES_MAX = 64 << 10;

  /** A message of a topic comes from several neighbours. */
  private static final int TOPIC_BYTES_MAX = 8 << 10;

  private final CommitReader commits;
  private final List<Bytes> blocks = new ArrayList<>();
  private final int bytesMax;
  private int bytes;

  private AccompanyingBlocks(CommitReader commits, int bytesMax) {
    this.commits = commits;
    this.bytesMax = bytesMax;
  }

  /**
   * For a call to one peer.
   *
   * @param isLacking of a commit below, whether the peer is likely not to have it
   */
  public static List<Bytes> ofCall(CommitReader commits, Cid tip, Predicate<Cid> isLacking) {
    return of(commits, tip, isLacking, CALL_BYTES_MAX);
  }

  /** For a topic: who reads it is likely to have what was told before. */
  public static List<Bytes> ofTopic(CommitReader commits, Cid tip) {
    return of(commits, tip, below -> false, TOPIC_BYTES_MAX);
  }

  private static List<Bytes> of(
      CommitReader commits, Cid tip, Predicate<Cid> isLacking, int bytesMax) {
    var accompanying = new AccompanyingBlocks(commits, bytesMax);
    accompanying.walk(tip, isLacking);
    return accompanying.blocks;
  }

  private void walk(Cid tip, Predicate<Cid> isLacking) {
    Set<Cid> seen = new HashSet<>();
    Deque<Cid> open = new ArrayDeque<>(List.of(tip));
    while (!open.isEmpty() && seen.size() < COMMITS_MAX && bytes < bytesMax) {
      Cid cid = open.remove();
      Bytes raw = seen.add(cid) ? commits.raw(cid) : null;
      if (raw != null) {
        if (!cid.equals(tip)) {
          add(raw);
        }
        Block commit = BlockCodec.decode(raw.unsafeArray());
        addParts(commit);
        commit.heads().stream().filter(isLacking).forEach(open::add);
      }
    }
  }

  private void addParts(Block commit) {
    add(commit.signature());
    for (DagLink link : commit.links()) {
      Bytes part = add(link.cid());
      if (part != null) {
        add(BlockCodec.decode(part.unsafeArray()).signature());
      }
    }
  }

  private @Nullable Bytes add(@Nullable Cid cid) {
    Bytes raw = cid == null ? null : commits.raw(cid);
    return raw == null ? null : add(raw);
  }

  private @Nullable Bytes add(Bytes raw) {
    if (bytes + raw.length() > bytesMax) {
      return null; // the receiver asks for it
    }
    bytes += raw.length();
    blocks.add(raw);
    return raw;
  }
}
