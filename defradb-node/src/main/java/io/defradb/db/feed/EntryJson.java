package io.defradb.db.feed;

import io.defradb.crdt.Delta;
import io.defradb.dag.Block;
import io.defradb.dag.BlockCodec;
import io.defradb.dag.DagLink;
import io.defradb.db.CommitReader;
import io.defradb.db.feed.FeedQuery.Part;
import io.defradb.db.log.LogEntry;
import io.defradb.db.log.LogImage;
import io.defradb.db.log.LogReader;
import io.defradb.db.log.Origin;
import io.defradb.document.JsonWriter;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Prints entries, straight from what is stored. For one thread. */
final class EntryJson {
  private static final Base64.Encoder BASE64 = Base64.getEncoder();
  private static final byte[] SEQ = member("seq");
  private static final byte[] TXN = member("txn");
  private static final byte[] ID = member("id");
  private static final byte[] INDEX = member("index");
  private static final byte[] SIZE = member("size");
  private static final byte[] CID = member("cid");
  private static final byte[] DOC_ID = member("docID");
  private static final byte[] FIELDS = member("fields");
  private static final byte[] HEIGHT = member("height");
  private static final byte[] HEADS = member("heads");
  private static final byte[] TIME = member("time");
  private static final byte[] BEFORE = member("before");
  private static final byte[] AFTER = member("after");
  private static final byte[][][] KINDS_AND_OPS = kindsAndOps();

  private final Set<Part> parts;
  private final boolean hasBefore;
  private final boolean hasAfter;
  private final SecondText seconds = new SecondText();
  private final JsonWriter json = new JsonWriter();
  private final ConflictJson conflicts = new ConflictJson(json, seconds);

  EntryJson(Set<Part> parts) {
    this.parts = parts;
    this.hasBefore = parts.contains(Part.BEFORE);
    this.hasAfter = parts.contains(Part.AFTER);
  }

  /**
   * Valid until the next call.
   *
   * @param fields {@code null}: the version is not known here
   */
  JsonWriter write(
      FoldedEntry folded, @Nullable VersionFields fields, LogReader log, CommitReader commits) {
    LogEntry entry = folded.last();
    json.reset();
    json.beginObject().name(SEQ).number(entry.seq());
    json.name(TXN).beginObject().name(ID).number(entry.txnId());
    json.name(INDEX).number(entry.txnIndex()).name(SIZE).number(entry.txnSize()).endObject();
    json.members(KINDS_AND_OPS[entry.kind().ordinal()][folded.op().ordinal()]);
    if (entry.cid() != null) {
      json.name(CID).string(entry.cid().toString());
    }
    if (entry.docId() != null) {
      json.name(DOC_ID).string(entry.docId().text());
    }
    if (fields != null) {
      json.members(fields.members());
    } else {
      json.name("schemaVersionID").string(entry.schemaVersionId());
    }
    json.name(FIELDS).beginArray();
    folded.fields().forEach(json::string);
    json.endArray().name(HEIGHT).number(entry.height()).name(HEADS).beginArray();
    entry.heads().forEach(cid -> json.string(cid.toString()));
    json.endArray();
    seconds.write(entry.time(), json.name(TIME));
    origin(json, entry.origin());
    remarks(entry);
    if (entry.kind() == LogEntry.Kind.DOCUMENT && fields != null) {
      images(folded, fields, log);
      if (parts.contains(Part.CONFLICTS)) {
        conflicts.write(folded, fields, log, commits);
      }
    }
    blocks(entry, commits);
    return json.endObject();
  }

  private static byte[] member(String name) {
    return new JsonWriter().name(name).toBytes();
  }

  private static byte[][][] kindsAndOps() {
    byte[][][] texts = new byte[LogEntry.Kind.values().length][LogEntry.Op.values().length][];
    for (LogEntry.Kind kind : LogEntry.Kind.values()) {
      for (LogEntry.Op op : LogEntry.Op.values()) {
        var text = new JsonWriter().name("kind").string(lower(kind)).name("op").string(lower(op));
        texts[kind.ordinal()][op.ordinal()] = text.toBytes();
      }
    }
    return texts;
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  static void origin(JsonWriter json, Origin origin) {
    json.name("origin").beginObject().name("kind");
    if (origin instanceof Origin.Remote remote) {
      json.string("remote").name("peer").string(remote.peerId());
    } else if (origin instanceof Origin.Ingest ingest) {
      json.string("ingest").name("sink").string(ingest.sink());
    } else {
      json.string("local");
    }
    json.endObject();
  }

  private void remarks(LogEntry entry) {
    if (entry.signer() != null) {
      json.name("signer").string(entry.signer());
    }
    if (entry.isDeleted()) {
      json.name("deleted").bool(true);
    }
    if (entry.isWaitingForKey()) {
      json.name("waitingForKey").bool(true);
    }
    if (entry.winner() != null) {
      json.name("winner").string(entry.winner().toString());
    }
  }

  @SuppressWarnings("ReferenceEquality") // the same entry is both when nothing was folded
  private void images(FoldedEntry entry, VersionFields fields, LogReader log) {
    boolean isOne = entry.first() == entry.last();
    boolean needsLast = hasAfter || hasBefore && isOne && entry.op() != LogEntry.Op.CREATE;
    LogImage last = needsLast ? log.image(entry.last().seq()).orElse(null) : null;
    if (hasBefore) {
      boolean isNew = entry.op() == LogEntry.Op.CREATE;
      LogImage first = isNew ? null : isOne ? last : log.image(entry.first().seq()).orElse(null);
      fields.write(json.name(BEFORE), first == null ? null : first.before());
    }
    if (hasAfter) {
      fields.write(json.name(AFTER), last == null ? null : last.after());
    }
  }

  private void blocks(LogEntry entry, CommitReader commits) {
    Cid cid = entry.cid();
    boolean needsFields = parts.contains(Part.DELTA) || parts.contains(Part.FIELDS);
    if (cid == null || !needsFields && !parts.contains(Part.BLOCK)) {
      return;
    }
    Bytes composite = commits.raw(cid);
    if (composite == null) {
      return;
    }
    if (parts.contains(Part.BLOCK)) {
      json.name("block").string(base64(composite));
      signature(composite, commits);
    }
    if (needsFields) {
      List<DagLink> links = BlockCodec.read(composite.unsafeArray()).links();
      if (parts.contains(Part.DELTA)) {
        json.name("delta").beginObject();
        links.forEach(link -> delta(link, commits));
        json.endObject();
      }
      if (parts.contains(Part.FIELDS)) {
        json.name("fieldBlocks").beginArray();
        links.forEach(link -> fieldBlock(link, commits));
        json.endArray();
      }
    }
  }

  private void delta(DagLink link, CommitReader commits) {
    Block block = commits.block(link.cid()).orElse(null);
    if (block == null) {
      return;
    }
    if (block.delta() instanceof Delta.Lww lww) {
      json.name(link.name()).string(base64(lww.data()));
    } else if (block.delta() instanceof Delta.Counter counter) {
      json.name(link.name()).string(base64(counter.data()));
    }
  }

  private void fieldBlock(DagLink link, CommitReader commits) {
    Bytes block = commits.raw(link.cid());
    if (block != null) {
      json.beginObject().name("name").string(link.name());
      json.name("cid").string(link.cid().toString());
      json.name("block").string(base64(block));
      signature(block, commits);
      json.endObject();
    }
  }

  /** Beside a block, the one that signs it. */
  private void signature(Bytes block, CommitReader commits) {
    if (!parts.contains(Part.SIGNATURE)) {
      return;
    }
    Cid cid = BlockCodec.read(block.unsafeArray()).signature();
    Bytes signature = cid == null ? null : commits.raw(cid);
    if (signature != null) {
      json.name("signature").string(base64(signature));
    }
  }

  private static String base64(Bytes bytes) {
    return BASE64.encodeToString(bytes.unsafeArray());
  }
}
