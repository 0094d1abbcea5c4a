package io.defradb.dag;

import io.defradb.crdt.Delta;
import io.defradb.document.DocId;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.ipld.CborReader;
import io.defradb.ipld.CborWriter;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Blocks as canonical DAG-CBOR (data-model specification, section 5). Keys stand in the order of
 * their length, then bytewise: {@code delta heads links signature encryption}, and inside a delta
 * {@code data docID nonce priority fieldName schemaVersionID}. Bytes in any other form are refused,
 * because their CID would be another block's.
 */
public final class BlockCodec {
  private static final int BLOCK_BYTES = 320;

  /** A key of the block and the link behind it, at most. */
  private static final int LINK_BYTES = 64;

  private BlockCodec() {}

  public static byte[] encode(Block block) {
    var out = new CborWriter(BLOCK_BYTES + 48 * (block.heads().size() + block.links().size()));
    int keys = 1;
    keys += block.heads().isEmpty() ? 0 : 1;
    keys += block.links().isEmpty() ? 0 : 1;
    keys += block.signature() == null ? 0 : 1;
    keys += block.encryption() == null ? 0 : 1;
    out.mapHeader(keys).text("delta");
    write(out, block.delta());
    if (!block.heads().isEmpty()) {
      out.text("heads").arrayHeader(block.heads().size());
      block.heads().forEach(out::link);
    }
    if (!block.links().isEmpty()) {
      out.text("links").arrayHeader(block.links().size());
      for (DagLink link : block.links()) {
        out.mapHeader(2).text("link").link(link.cid()).text("name").text(link.name());
      }
    }
    if (block.signature() != null) {
      writeSignature(out, block.signature());
    }
    if (block.encryption() != null) {
      writeEncryption(out, block.encryption());
    }
    return out.toBytes();
  }

  /**
   * A block that now names its signature, from the bytes that were signed: a block has its keys in
   * a fixed order, so nothing else need be encoded again.
   *
   * @param unsigned what {@link #encode} gave for {@code block}, which has no signature
   */
  public static byte[] withSignature(Block block, byte[] unsigned, Cid signature) {
    var end = new CborWriter(LINK_BYTES);
    if (block.encryption() != null) {
      writeEncryption(end, block.encryption());
    }
    int before = unsigned.length - end.length();
    var out = new CborWriter(unsigned.length + LINK_BYTES).raw(unsigned, 0, before);
    writeSignature(out, signature).raw(unsigned, before, end.length());
    byte[] bytes = out.toBytes();
    bytes[0]++; // the head of a map of less than 24 keys
    return bytes;
  }

  private static CborWriter writeSignature(CborWriter out, Cid signature) {
    return out.text("signature").link(signature);
  }

  private static void writeEncryption(CborWriter out, Cid encryption) {
    out.text("encryption").link(encryption);
  }

  private static void write(CborWriter out, Delta delta) {
    out.mapHeader(1);
    if (delta instanceof Delta.Lww lww) {
      out.text("lww")
          .mapHeader(5)
          .text("data")
          .bytes(lww.data())
          .text("docID")
          .bytesOf(lww.docId().text());
      out.text("priority").unsigned(lww.priority()).text("fieldName").text(lww.fieldName());
    } else if (delta instanceof Delta.Counter counter) {
      out.text("counter").mapHeader(6).text("data").bytes(counter.data());
      out.text("docID").bytesOf(counter.docId().text()).text("nonce").integer(counter.nonce());
      out.text("priority").unsigned(counter.priority()).text("fieldName").text(counter.fieldName());
    } else if (delta instanceof Delta.Composite composite) {
      out.text("composite").mapHeader(4).text("docID").bytesOf(composite.docId().text());
      out.text("status")
          .unsigned(composite.status())
          .text("priority")
          .unsigned(composite.priority());
    } else {
      out.text("collection").mapHeader(2).text("priority").unsigned(delta.priority());
    }
    out.text("schemaVersionID").text(delta.schemaVersionId());
  }

  /** Throws {@code INVALID_CBOR} for anything but the canonical bytes of a block. */
  public static Block decode(byte[] bytes) {
    Block block = read(bytes);
    if (!Arrays.equals(encode(block), bytes)) {
      throw notCanonical();
    }
    return block;
  }

  /**
   * A block from bytes that {@link #decode} has accepted before: at half the cost, because their
   * form is not checked again. Throws {@code INVALID_CBOR} for what is no block.
   */
  public static Block read(byte[] bytes) {
    var in = new CborReader(bytes, 0, bytes.length);
    Fields fields = new Fields(in);
    Delta delta = null;
    List<Cid> heads = List.of();
    List<DagLink> links = List.of();
    Cid encryption = null;
    Cid signature = null;
    while (fields.hasNext()) {
      String key = fields.next();
      switch (key) {
        case "delta" -> delta = readDelta(in);
        case "heads" -> heads = readHeads(in);
        case "links" -> links = readLinks(in);
        case "encryption" -> encryption = in.link();
        case "signature" -> signature = in.link();
        default -> throw unknown(key);
      }
    }
    Block block = new Block(required(delta, "delta"), heads, links, encryption, signature);
    if (!in.isAtEnd()) {
      throw notCanonical();
    }
    return block;
  }

  private static DefraException notCanonical() {
    return new DefraException(ErrorCode.INVALID_CBOR, "invalid block: not in canonical form");
  }

  /** Checks the CID first; throws {@code BLOCK_CID_MISMATCH}. */
  public static Block decode(Cid cid, byte[] bytes) {
    if (!cid(bytes).equals(cid)) {
      throw new DefraException(
          ErrorCode.BLOCK_CID_MISMATCH, "a block's bytes are not its CID's", "CID", cid);
    }
    return decode(bytes);
  }

  /**
   * Whether bytes that are known to be a block of some kind are a commit: those begin with their
   * delta, signature blocks with their value, encryption blocks with their key.
   */
  public static boolean isCommit(byte[] block) {
    return block.length > 2 && block[1] == 0x65 && block[2] == 'd';
  }

  /** The CID of an encoded block. */
  public static Cid cid(byte[] bytes) {
    return Cid.of(Cid.DAG_CBOR, bytes);
  }

  private static Delta readDelta(CborReader in) {
    Fields union = new Fields(in);
    if (union.left != 1) {
      throw new DefraException(ErrorCode.INVALID_CBOR, "invalid block: a delta is of one type");
    }
    String type = union.next();
    boolean isKnown = List.of("lww", "counter", "composite", "collection").contains(type);
    if (!isKnown) {
      throw unknown(type);
    }
    Fields fields = new Fields(in);
    Bytes data = null;
    String docId = null;
    String fieldName = null;
    String schemaVersionId = null;
    Long priority = null;
    Long nonce = null;
    Long status = null;
    while (fields.hasNext()) {
      String key = fields.next();
      switch (key) {
        case "data" -> data = in.bytes();
        case "docID" -> docId = in.bytes().toUtf8();
        case "fieldName" -> fieldName = in.text();
        case "schemaVersionID" -> schemaVersionId = in.text();
        case "priority" -> priority = in.unsigned();
        case "nonce" -> nonce = in.integer();
        case "status" -> status = in.unsigned();
        default -> throw unknown(key);
      }
    }
    String version = required(schemaVersionId, "schemaVersionID");
    long height = required(priority, "priority");
    return switch (type) {
      case "lww" ->
          new Delta.Lww(
              new DocId(required(docId, "docID")),
              required(fieldName, "fieldName"),
              height,
              version,
              required(data, "data"));
      case "counter" ->
          new Delta.Counter(
              new DocId(required(docId, "docID")),
              required(fieldName, "fieldName"),
              height,
              required(nonce, "nonce"),
              version,
              required(data, "data"));
      case "composite" ->
          new Delta.Composite(
              new DocId(required(docId, "docID")),
              height,
              version,
              statusOf(required(status, "status")));
      default -> new Delta.Collection(height, version);
    };
  }

  /** The reference keeps eight bits; a block with more would be re-encoded into another one. */
  private static long statusOf(long status) {
    if (status < 0 || status > 0xff) {
      throw new DefraException(ErrorCode.INVALID_CBOR, "invalid block: a status has eight bits");
    }
    return status;
  }

  private static List<Cid> readHeads(CborReader in) {
    int count = in.arrayHeader();
    List<Cid> heads = new ArrayList<>(Math.min(count, 64));
    for (int i = 0; i < count; i++) {
      heads.add(in.link());
    }
    return heads;
  }

  private static List<DagLink> readLinks(CborReader in) {
    int count = in.arrayHeader();
    List<DagLink> links = new ArrayList<>(Math.min(count, 64));
    for (int i = 0; i < count; i++) {
      Fields fields = new Fields(in);
      String name = null;
      Cid cid = null;
      while (fields.hasNext()) {
        String key = fields.next();
        switch (key) {
          case "name" -> name = in.text();
          case "link" -> cid = in.link();
          default -> throw unknown(key);
        }
      }
      links.add(new DagLink(required(name, "name"), required(cid, "link")));
    }
    return links;
  }

  static <T> T required(@Nullable T value, String field) {
    if (value == null) {
      throw new DefraException(
          ErrorCode.INVALID_CBOR,
          "invalid block: missing required field",
          Map.of("Field", field),
          null);
    }
    return value;
  }

  static DefraException unknown(String key) {
    return new DefraException(ErrorCode.INVALID_CBOR, "invalid block: unknown key", "Key", key);
  }

  /** Walks the keys of one map. */
  static final class Fields {
    private final CborReader in;
    private int left;

    Fields(CborReader in) {
      this.in = in;
      this.left = in.mapHeader();
    }

    boolean hasNext() {
      return left > 0;
    }

    String next() {
      left--;
      return in.text();
    }
  }
}
