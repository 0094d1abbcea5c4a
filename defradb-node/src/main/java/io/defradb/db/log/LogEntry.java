package io.defradb.db.log;

import io.defradb.document.DocId;
import io.defradb.multiformats.Cid;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One commit that this node applied.
 *
 * @param seq its number, from 1, without gaps
 * @param txnIndex its place in its transaction, from 0
 * @param txnSize how many entries the transaction has
 * @param op what it did here; for what is no document always UPDATE
 * @param cid of the commit; {@code null} for an ACCESS entry
 * @param docId {@code null} for what is no document
 * @param schemaVersionId the collection version of the commit
 * @param fields names of the fields it changed, sorted
 * @param height the commit's
 * @param heads the commits it follows; of an ACCESS entry where the document stands
 * @param time when it was applied here
 * @param signer DID of who signed it, when that was verified
 * @param isDeleted the document was deleted before this commit came
 * @param isWaitingForKey its values cannot be read here yet
 * @param conflicts with commits that did not know of this one, field by field
 */
public record LogEntry(
    long seq,
    int txnIndex,
    int txnSize,
    Kind kind,
    Op op,
    @Nullable Cid cid,
    @Nullable DocId docId,
    String schemaVersionId,
    List<String> fields,
    long height,
    List<Cid> heads,
    Instant time,
    Origin origin,
    @Nullable String signer,
    boolean isDeleted,
    boolean isWaitingForKey,
    List<Conflict> conflicts) {

  /**
   * Somebody may see a document from now on, which stands at {@code heads}. Numbers are given at
   * the commit.
   */
  public static LogEntry ofAccess(
      DocId docId,
      String schemaVersionId,
      long height,
      List<Cid> heads,
      Instant time,
      Origin origin) {
    return new LogEntry(
        0,
        0,
        0,
        Kind.ACCESS,
        Op.UPDATE,
        null,
        docId,
        schemaVersionId,
        List.of(),
        height,
        heads,
        time,
        origin,
        null,
        false,
        false,
        List.of());
  }

  /** What the commit belongs to. The numbers are stored. */
  public enum Kind {
    DOCUMENT,
    COLLECTION,
    SCHEMA,
    ACCESS
  }

  /** CREATE: unknown to live; DELETE: live to deleted; else UPDATE. The numbers are stored. */
  public enum Op {
    CREATE,
    UPDATE,
    DELETE
  }

  public LogEntry {
    fields = List.copyOf(fields);
    heads = List.copyOf(heads);
    conflicts = List.copyOf(conflicts);
  }

  /** The commit that this one lost a conflict to, the first of several; {@code null}: none. */
  public @Nullable Cid winner() {
    for (Conflict conflict : conflicts) {
      if (!conflict.isWon()) {
        return conflict.other();
      }
    }
    return null;
  }

  /** The {@code seq} of the transaction's first entry. */
  public long txnId() {
    return seq - txnIndex;
  }

  public boolean isLastOfTransaction() {
    return txnIndex == txnSize - 1;
  }
}
