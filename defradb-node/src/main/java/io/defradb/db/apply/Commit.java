package io.defradb.db.apply;

import io.defradb.db.log.LogEntry;
import io.defradb.db.log.LogImage;
import io.defradb.multiformats.Cid;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One log entry of a transaction before it has its number.
 *
 * @param entry with seq, index and size still zero
 * @param blocks the bytes that came with it, each with its CID
 * @param image {@code null} for what is no document
 * @param stateKey the record whose {@code lastSeq} this entry is; {@code null} for what is no
 *     document
 */
public record Commit(
    LogEntry entry, List<Encoded> blocks, @Nullable LogImage image, byte @Nullable [] stateKey) {

  public record Encoded(Cid cid, byte[] bytes) {}

  public Commit {
    blocks = List.copyOf(blocks);
  }
}
