package io.defradb.db.log;

import io.defradb.document.DocId;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Entries and images as stored bytes; {@code docs/formats/log.md} draws them. A CID is its 36
 * bytes, a text its length as varint and UTF-8.
 */
public final class LogCodec {
  private static final int VERSION = 1;
  private static final int HAS_CID = 1;
  private static final int HAS_DOC_ID = 1 << 1;
  private static final int HAS_SIGNER = 1 << 2;
  private static final int HAS_WINNER = 1 << 3;
  private static final int IS_DELETED = 1 << 4;
  private static final int IS_WAITING = 1 << 5;
  private static final int HAS_CONFLICTS = 1 << 6;
  private static final int LOCAL = 0;
  private static final int REMOTE = 1;
  private static final int INGEST = 2;
  private static final int HAS_AFTER = 1;
  private static final int HAS_CHANGED = 1 << 1;
  private static final LogEntry.Kind[] KINDS = LogEntry.Kind.values();
  private static final LogEntry.Op[] OPS = LogEntry.Op.values();

  private LogCodec() {}

  /** An entry; its {@code seq} is the key. */
  static byte[] encode(LogEntry entry) {
    var out = new ByteSink();
    out.octet(VERSION).octet(entry.kind().ordinal()).octet(entry.op().ordinal());
    out.octet(
        (entry.cid() == null ? 0 : HAS_CID)
            | (entry.docId() == null ? 0 : HAS_DOC_ID)
            | (entry.signer() == null ? 0 : HAS_SIGNER)
            | (entry.conflicts().isEmpty() ? 0 : HAS_CONFLICTS)
            | (entry.isDeleted() ? IS_DELETED : 0)
            | (entry.isWaitingForKey() ? IS_WAITING : 0));
    out.varint(entry.txnIndex()).varint(entry.txnSize());
    Instant time = entry.time();
    out.varint(time.getEpochSecond()).varint(time.getNano());
    writeOrigin(out, entry.origin());
    out.text(entry.schemaVersionId()).varint(entry.height());
    if (entry.cid() != null) {
      out.cid(entry.cid());
    }
    if (entry.docId() != null) {
      out.text(entry.docId().text());
    }
    if (entry.signer() != null) {
      out.text(entry.signer());
    }
    out.varint(entry.heads().size());
    entry.heads().forEach(out::cid);
    out.varint(entry.fields().size());
    entry.fields().forEach(out::text);
    if (!entry.conflicts().isEmpty()) {
      writeConflicts(out, entry.conflicts());
    }
    return out.toBytes();
  }

  /** Throws CORRUPT. */
  static LogEntry decode(long seq, ByteSource in) {
    if (in.octet() != VERSION) {
      throw ByteSource.corrupt(null);
    }
    LogEntry.Kind kind = in.oneOf(KINDS);
    LogEntry.Op op = in.oneOf(OPS);
    int flags = in.octet();
    int txnIndex = in.small();
    int txnSize = in.small();
    Instant time = Instant.ofEpochSecond(in.varint(), in.small());
    Origin origin = readOrigin(in);
    String schemaVersionId = in.text();
    long height = in.varint();
    Cid cid = (flags & HAS_CID) == 0 ? null : in.cid();
    DocId docId = (flags & HAS_DOC_ID) == 0 ? null : new DocId(in.text());
    String signer = (flags & HAS_SIGNER) == 0 ? null : in.text();
    List<Conflict> conflicts = new ArrayList<>();
    if ((flags & HAS_WINNER) != 0) {
      conflicts.add(Conflict.ofWinner(in.cid()));
    }
    List<Cid> heads = new ArrayList<>();
    for (int i = in.count(); i > 0; i--) {
      heads.add(in.cid());
    }
    List<String> fields = new ArrayList<>();
    for (int i = in.count(); i > 0; i--) {
      fields.add(in.text());
    }
    if ((flags & HAS_CONFLICTS) != 0) {
      readConflicts(in, conflicts);
    }
    return new LogEntry(
        seq,
        txnIndex,
        txnSize,
        kind,
        op,
        cid,
        docId,
        schemaVersionId,
        fields,
        height,
        heads,
        time,
        origin,
        signer,
        (flags & IS_DELETED) != 0,
        (flags & IS_WAITING) != 0,
        conflicts);
  }

  public static byte[] encode(LogImage image) {
    var out = new ByteSink().octet(VERSION);
    out.octet(
        (image.after() == null ? 0 : HAS_AFTER) | (image.changed() == null ? 0 : HAS_CHANGED));
    writeFields(out, image.after());
    writeFields(out, image.changed());
    return out.toBytes();
  }

  /** Throws CORRUPT. */
  public static LogImage decodeImage(byte[] bytes) {
    var in = new ByteSource(bytes);
    if (in.octet() != VERSION) {
      throw ByteSource.corrupt(null);
    }
    int flags = in.octet();
    var after = (flags & HAS_AFTER) == 0 ? null : readFields(in);
    return new LogImage(after, (flags & HAS_CHANGED) == 0 ? null : readFields(in));
  }

  private static void writeConflicts(ByteSink out, List<Conflict> conflicts) {
    out.varint(conflicts.size());
    for (Conflict conflict : conflicts) {
      out.text(conflict.field()).octet(conflict.isWon() ? 1 : 0);
      out.cid(conflict.other()).prefixed(conflict.lost());
    }
  }

  private static void readConflicts(ByteSource in, List<Conflict> conflicts) {
    for (int i = in.count(); i > 0; i--) {
      conflicts.add(new Conflict(in.text(), in.octet() == 1, in.cid(), in.prefixed()));
    }
  }

  private static void writeOrigin(ByteSink out, Origin origin) {
    if (origin instanceof Origin.Remote remote) {
      out.octet(REMOTE).text(remote.peerId());
    } else if (origin instanceof Origin.Ingest ingest) {
      out.octet(INGEST).text(ingest.sink());
    } else {
      out.octet(LOCAL);
    }
  }

  private static Origin readOrigin(ByteSource in) {
    return switch (in.octet()) {
      case LOCAL -> Origin.LOCAL;
      case REMOTE -> new Origin.Remote(in.text());
      case INGEST -> new Origin.Ingest(in.text());
      default -> throw ByteSource.corrupt(null);
    };
  }

  private static void writeFields(ByteSink out, @Nullable SortedMap<String, Bytes> fields) {
    if (fields == null) {
      return;
    }
    out.varint(fields.size());
    fields.forEach((name, cbor) -> out.text(name).prefixed(cbor));
  }

  private static SortedMap<String, Bytes> readFields(ByteSource in) {
    var fields = new TreeMap<String, Bytes>();
    for (int i = in.count(); i > 0; i--) {
      fields.put(in.text(), in.prefixed());
    }
    return fields;
  }
}
