package io.defradb.replication.pushlog;

import io.defradb.document.DocId;
import io.defradb.document.DocIds;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.ipld.CborReader;
import io.defradb.ipld.CborWriter;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One commit as it is told to peers, by call and by gossip: a CBOR map of {@code DocID, CID,
 * CollectionID, Creator, Block}, in this order, and between nodes of this project {@code Blocks}.
 *
 * @param docId {@code null} for a commit of a collection's own chain
 * @param cid of {@code block}; the hash is checked
 * @param collectionId of the first version; some peers send a later version's
 * @param creator the node that told it last
 * @param block the encoded commit
 * @param below some of what is below it, in any order, not checked; spares the receiver a round
 *     trip
 */
public record PushLog(
    @Nullable DocId docId,
    Cid cid,
    String collectionId,
    PeerId creator,
    Bytes block,
    List<Bytes> below) {

  public PushLog {
    below = List.copyOf(below);
    if (!Cid.of(cid.codec(), block.unsafeArray()).equals(cid)) {
      throw new DefraException(
          ErrorCode.PEER_FAULT, "a block's bytes are not its CID's", "CID", cid);
    }
  }

  /** With nothing below it. */
  public PushLog(@Nullable DocId docId, Cid cid, String collectionId, PeerId creator, Bytes block) {
    this(docId, cid, collectionId, creator, block, List.of());
  }

  /** The name of what it is a commit of: the document's ID, or the collection's. */
  public String chain() {
    return docId == null ? collectionId : docId.text();
  }

  public Bytes encode() {
    int belowBytes = below.stream().mapToInt(Bytes::length).sum();
    var out = new CborWriter(256 + block.length() + belowBytes + 4 * below.size());
    out.mapHeader(below.isEmpty() ? 5 : 6).text("DocID").text(docId == null ? "" : docId.text());
    out.text("CID").bytes(cid.toBytes());
    out.text("CollectionID").text(collectionId);
    out.text("Creator").text(creator.toString());
    out.text("Block").bytes(block);
    if (!below.isEmpty()) {
      out.text("Blocks").arrayHeader(below.size());
      below.forEach(out::bytes);
    }
    return Bytes.wrap(out.toBytes());
  }

  /** Throws INVALID_CBOR, INVALID_CID, INVALID_DOC_ID, PEER_FAULT. */
  public static PushLog decode(Bytes message) {
    var fields = new CborFields(message);
    String docId = "";
    Bytes cid = Bytes.EMPTY;
    String collectionId = "";
    String creator = "";
    Bytes block = Bytes.EMPTY;
    List<Bytes> below = List.of();
    while (fields.hasNext()) {
      switch (fields.next()) {
        case "docid" -> docId = fields.value().text();
        case "cid" -> cid = fields.value().bytes();
        case "collectionid" -> collectionId = fields.value().text();
        case "creator" -> creator = fields.value().text();
        case "block" -> block = fields.value().bytes();
        case "blocks" -> below = blocks(fields.value());
        default -> fields.skip();
      }
    }
    return new PushLog(
        docId.isEmpty() ? null : DocIds.parse(docId),
        Cid.fromBytes(cid.toArray()),
        collectionId,
        PeerId.parse(creator),
        block,
        below);
  }

  private static List<Bytes> blocks(CborReader in) {
    List<Bytes> blocks = new ArrayList<>();
    for (int i = in.arrayHeader(); i > 0; i--) {
      blocks.add(in.bytes());
    }
    return blocks;
  }
}
