package io.defradb.client;

import io.defradb.multiformats.Bytes;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the change feed, or a document of a snapshot, which has no more than its tip and an
 * image after.
 *
 * @param <I> what a document's image is read as
 * @param kind what it is about
 * @param seq the entry's number; of a snapshot the number of the document's latest entry
 * @param op what it did here
 * @param fields names of the fields it changed; not of a snapshot
 * @param time when it was applied at the node; {@code null} of a snapshot
 * @param origin {@code local}, {@code remote} or {@code ingest}; {@code null} of a snapshot
 * @param peer who sent it, when the origin is remote
 * @param sink who brought it, when the origin is ingest
 * @param signer DID of who signed it, when that was verified
 * @param isDeleted the document was deleted before this commit came
 * @param winner CID of the commit that this one lost a conflict to
 * @param conflicts values that met in its fields, when asked for
 * @param before {@code null}: no document, or not asked for
 * @param after {@code null}: no document, or not asked for
 * @param block the commit's bytes, when asked for
 * @param signature the bytes of the block that signs it, when asked for
 * @param fieldBlocks the blocks it links, when asked for
 */
public record Change<I>(
    Kind kind,
    long seq,
    Place place,
    Op op,
    String cid,
    String docId,
    String collection,
    String schemaVersionId,
    List<String> fields,
    long height,
    List<String> heads,
    @Nullable Instant time,
    @Nullable String origin,
    @Nullable String peer,
    @Nullable String sink,
    @Nullable String signer,
    boolean isDeleted,
    @Nullable String winner,
    List<FieldConflict> conflicts,
    @Nullable I before,
    @Nullable I after,
    @Nullable Bytes block,
    @Nullable Bytes signature,
    List<FieldBlock> fieldBlocks) {

  /** What an entry is about. */
  public enum Kind {
    DOCUMENT,
    COLLECTION,
    SCHEMA,
    ACCESS
  }

  /** What an entry did at the node; READ: nothing, it is a document of a snapshot. */
  public enum Op {
    CREATE,
    UPDATE,
    DELETE,
    READ
  }

  /**
   * Where an entry is in its transaction.
   *
   * @param id the first entry's {@code seq}
   * @param index from 0
   * @param size entries in all
   */
  public record Place(long id, long index, long size) {
    static final Place NONE = new Place(0, 0, 0);

    public long lastSeq() {
      return id + size - 1;
    }
  }

  /** Two commits that did not know of each other wrote one field; one value stays. */
  public record FieldConflict(String field, Side kept, Side lost) {}

  /**
   * One of the two.
   *
   * @param seq its entry's number; 0 with all but CID and value unknown
   * @param valueJson what it wrote, as JSON; {@code null} for the delete of a document
   */
  public record Side(
      String cid,
      long seq,
      long height,
      @Nullable Instant time,
      @Nullable String origin,
      @Nullable String peer,
      @Nullable String signer,
      @Nullable String valueJson) {}

  /** A block that the commit links, and the bytes of the one that signs it. */
  public record FieldBlock(String name, String cid, Bytes block, @Nullable Bytes signature) {}
}
