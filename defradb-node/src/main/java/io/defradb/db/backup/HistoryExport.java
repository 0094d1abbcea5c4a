package io.defradb.db.backup;

import io.defradb.acp.Asker;
import io.defradb.dag.Block;
import io.defradb.dag.BlockCodec;
import io.defradb.dag.DagLink;
import io.defradb.db.CommitAccess;
import io.defradb.db.CommitReader;
import io.defradb.db.Transaction;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import io.defradb.schema.CollectionVersion;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes every commit of the documents that the asker may see, deleted ones too, as a CAR. Of
 * encrypted documents the keys go with it, as an export's values do. One document's CIDs are in
 * memory at a time.
 */
public final class HistoryExport {
  private final Transaction transaction;
  private final CommitReader commits;
  private final CommitAccess access;
  private final Asker asker;

  public HistoryExport(Transaction transaction, Asker asker) {
    this.transaction = transaction;
    this.commits = transaction.commits();
    this.access = new CommitAccess(transaction, asker);
    this.asker = asker;
  }

  /** {@code out} stays open. */
  public void write(List<CollectionVersion> collections, OutputStream out) throws IOException {
    var car = new CarWriter(out);
    byte[] start = new HistoryMark.Start().encode();
    car.header(List.of(BlockCodec.cid(start)));
    car.block(BlockCodec.cid(start), start);
    Set<String> wanted =
        collections.stream().map(CollectionVersion::collectionId).collect(Collectors.toSet());
    long units = 0;
    Iterator<CommitReader.DocumentHeads> documents = commits.allHeads();
    while (documents.hasNext()) {
      CommitReader.DocumentHeads document = documents.next();
      if (wanted.contains(document.collectionId())
          && access.isVisible(document.collectionId(), document.docId())) {
        String docId = document.docId().text();
        unit(car, document.collectionId(), docId, document.composite());
        units++;
      }
    }
    for (CollectionVersion collection : collections) {
      // A chain links every document: who may not see them all cannot make use of it.
      boolean isShown = collection.policy() == null || asker.isTrusted();
      if (collection.isBranchable() && isShown) {
        unit(car, collection.collectionId(), null, commits.collectionHeads(collection));
        units++;
      }
    }
    byte[] end = new HistoryMark.End(units, car.blocks()).encode();
    car.block(BlockCodec.cid(end), end);
  }

  private void unit(CarWriter car, String collectionId, @Nullable String docId, List<Cid> heads)
      throws IOException {
    Set<Cid> seen = new HashSet<>();
    Deque<Cid> open = new ArrayDeque<>();
    heads.forEach(head -> add(head, seen, open));
    while (!open.isEmpty()) {
      Cid cid = open.remove();
      Bytes raw = raw(cid);
      car.block(cid, raw.unsafeArray());
      if (!BlockCodec.isCommit(raw.unsafeArray())) {
        continue;
      }
      Block block = BlockCodec.read(raw.unsafeArray());
      Cid encryption = block.encryption();
      if (encryption != null && seen.add(encryption)) {
        key(car, encryption);
      }
      Cid signature = block.signature();
      if (signature != null) {
        add(signature, seen, open);
      }
      for (Cid head : block.heads()) {
        add(head, seen, open);
      }
      if (docId != null) { // what a chain links are the documents' own commits: units before it
        for (DagLink link : block.links()) {
          add(link.cid(), seen, open);
        }
      }
    }
    byte[] mark = new HistoryMark.Unit(collectionId, docId, heads).encode();
    car.block(BlockCodec.cid(mark), mark);
  }

  private static void add(Cid cid, Set<Cid> seen, Deque<Cid> open) {
    if (seen.add(cid)) {
      open.add(cid);
    }
  }

  /** After the first block that it opens; a key that never came here is left out. */
  private void key(CarWriter car, Cid encryption) throws IOException {
    Bytes key = transaction.merger().key(encryption);
    if (key != null) {
      car.block(encryption, key.unsafeArray());
    }
  }

  private Bytes raw(Cid cid) {
    Bytes raw = commits.raw(cid);
    if (raw == null) {
      throw new DefraException(
          ErrorCode.BLOCK_NOT_FOUND, "a block of the history is not here", "Cid", cid);
    }
    return raw;
  }
}
