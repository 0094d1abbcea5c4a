package io.defradb.db;

import io.defradb.dag.Block;
import io.defradb.document.DocId;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import io.defradb.schema.CollectionVersion;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads blocks and the heads of their chains. A read never writes. */
public interface CommitReader {

  /**
   * The chains of one document.
   *
   * @param composite heads of the document's own chain
   * @param fields by local field number, which is the order {@code commits} answers in
   */
  record DocumentHeads(
      DocId docId, String collectionId, List<Cid> composite, List<FieldHeads> fields) {}

  /**
   * Where a document's own chain stands.
   *
   * @param heads of the composite chain, sorted by CID text
   * @param height of the highest of them
   * @param seq of the document's latest log entry
   */
  record Tip(List<Cid> heads, long height, long seq) {}

  record FieldHeads(String fieldName, int fieldNumber, List<Cid> heads) {}

  /** The block's bytes, of whatever kind; {@code null} when it is not here. */
  @Nullable Bytes raw(Cid cid);

  /** Number of the log entry that the block came with; 0 when it is not here, or not yet. */
  long seq(Cid cid);

  /** A commit, decoded; empty when it is not here. */
  Optional<Block> block(Cid cid);

  /** Empty for an unknown document; deleted ones are here. */
  Optional<DocumentHeads> heads(DocId docId);

  /** One look-up, for scans; empty for an unknown document, deleted ones are here. */
  Optional<Tip> tip(CollectionVersion collection, DocId docId);

  /** Every document of every collection, by DocID; reads on while it is walked. */
  Iterator<DocumentHeads> allHeads();

  /** The heads of a branchable collection's own chain. */
  List<Cid> collectionHeads(CollectionVersion collection);
}
