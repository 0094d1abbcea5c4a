package io.defradb.db.ingest;

import java.util.List;
import java.util.OptionalLong;

/**
 * Operations of one source partition, applied together or not at all.
 *
 * @param isAdopting takes the position over when cluster or topic have another identity; offsets of
 *     the other one then mean nothing and are forgotten
 * @param upTo the position after the batch; empty: the greatest offset
 * @param digest of the record at the position, kept for the sender; empty: none
 * @param feedId the feed of the node that the sender means; empty: whichever answers
 */
public record IngestBatch(
    SourcePartition partition,
    boolean isAdopting,
    List<IngestOperation> operations,
    OptionalLong upTo,
    String digest,
    String feedId) {
  /** Operations of one batch at most. */
  public static final int OPERATIONS_MAX = 10_000;

  /** Characters of a digest at most. */
  public static final int DIGEST_CHARS_MAX = 256;

  public IngestBatch {
    operations = List.copyOf(operations);
  }

  /** For whichever node answers. */
  public IngestBatch(
      SourcePartition partition,
      boolean isAdopting,
      List<IngestOperation> operations,
      OptionalLong upTo,
      String digest) {
    this(partition, isAdopting, operations, upTo, digest, "");
  }

  /** Without a digest. */
  public IngestBatch(
      SourcePartition partition,
      boolean isAdopting,
      List<IngestOperation> operations,
      OptionalLong upTo) {
    this(partition, isAdopting, operations, upTo, "");
  }
}
