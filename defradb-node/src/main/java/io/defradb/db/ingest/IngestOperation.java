package io.defradb.db.ingest;

import io.defradb.db.DocumentWriter.EncryptionChoice;
import io.defradb.multiformats.Bytes;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One record of the source as a change of one document.
 *
 * @param offset of the record in its partition
 * @param document JSON object of field values; {@code null}: none
 * @param increments JSON object of amounts to add to counters; {@code null}: none
 * @param relations business keys of the documents that relations lead to, by relation
 * @param encryption of the document, should the operation create it
 */
public record IngestOperation(
    Kind kind,
    String collection,
    long offset,
    Target target,
    @Nullable Bytes document,
    @Nullable Bytes increments,
    Map<String, Bytes> relations,
    EncryptionChoice encryption) {

  public IngestOperation {
    relations = Map.copyOf(relations);
  }

  /** Of documents in the clear. */
  public IngestOperation(
      Kind kind,
      String collection,
      long offset,
      Target target,
      @Nullable Bytes document,
      @Nullable Bytes increments) {
    this(kind, collection, offset, target, document, increments, Map.of(), EncryptionChoice.NONE);
  }

  /** Without relations. */
  public IngestOperation(
      Kind kind,
      String collection,
      long offset,
      Target target,
      @Nullable Bytes document,
      @Nullable Bytes increments,
      EncryptionChoice encryption) {
    this(kind, collection, offset, target, document, increments, Map.of(), encryption);
  }

  /** What to do; DELETE of what is not there does nothing, UPDATE of it fails. */
  public enum Kind {
    CREATE,
    UPDATE,
    UPSERT,
    DELETE,
    INCREMENT
  }

  /** Which document. */
  public sealed interface Target {}

  /**
   * The document of a business key, a JSON object of field values.
   *
   * @param isByIndex look first in the unique index on exactly the key's fields
   */
  public record ByKey(Bytes key, boolean isByIndex) implements Target {}

  /** A document that is there; not for CREATE and UPSERT. */
  public record ByDocId(String docId) implements Target {}
}
