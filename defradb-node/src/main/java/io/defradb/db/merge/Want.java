package io.defradb.db.merge;

import io.defradb.document.DocId;
import io.defradb.multiformats.Cid;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A commit that was received and cannot be applied yet.
 *
 * @param cid of the commit
 * @param docId {@code null} for a commit of the collection's own chain
 * @param peerId who sent it last
 * @param reason what kind of thing is missing
 * @param missing some of what is missing, at most {@value #NAMED_MAX}
 * @param since when it was first received
 */
public record Want(
    Cid cid,
    String collectionId,
    @Nullable DocId docId,
    String peerId,
    Reason reason,
    Set<Cid> missing,
    Instant since) {
  static final int NAMED_MAX = 32;

  /** The numbers are stored. */
  public enum Reason {
    BLOCKS,
    KEYS
  }

  public Want {
    missing = Set.copyOf(missing);
  }
}
