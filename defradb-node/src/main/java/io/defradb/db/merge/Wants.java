package io.defradb.db.merge;

import io.defradb.db.LocalState;
import io.defradb.db.LocalState.Space;
import io.defradb.db.log.ByteSink;
import io.defradb.db.log.ByteSource;
import io.defradb.document.DocId;
import io.defradb.multiformats.Cid;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Wants as stored.
 *
 * <pre>
 * CID, 36 bytes -> 01 | reason u8 | seconds varint | collection ID text | DocID text, empty for none
 *                     | peer ID text | count varint | missing CIDs
 * </pre>
 */
final class Wants {
  private static final int VERSION = 1;
  private static final Want.Reason[] REASONS = Want.Reason.values();

  private Wants() {}

  static void put(LocalState local, Want want) {
    var out = new ByteSink().octet(VERSION).octet(want.reason().ordinal());
    out.varint(want.since().getEpochSecond()).text(want.collectionId());
    DocId docId = want.docId();
    out.text(docId == null ? "" : docId.text()).text(want.peerId());
    List<Cid> named = want.missing().stream().sorted().limit(Want.NAMED_MAX).toList();
    out.varint(named.size());
    named.forEach(out::cid);
    local.put(Space.MERGE_WANT, want.cid().toBytes(), out.toBytes());
  }

  static void remove(LocalState local, Cid cid) {
    byte[] key = cid.toBytes();
    if (local.get(Space.MERGE_WANT, key) != null) {
      local.delete(Space.MERGE_WANT, key);
    }
  }

  static Optional<Want> find(LocalState local, Cid cid) {
    byte[] value = local.get(Space.MERGE_WANT, cid.toBytes());
    return value == null ? Optional.empty() : Optional.of(decode(cid, value));
  }

  static List<Want> list(LocalState local) {
    List<Want> wants = new ArrayList<>();
    for (LocalState.Entry entry : local.list(Space.MERGE_WANT, new byte[0])) {
      wants.add(decode(Cid.fromBytes(entry.key()), entry.value()));
    }
    return wants;
  }

  private static Want decode(Cid cid, byte[] value) {
    var in = new ByteSource(value);
    if (in.octet() != VERSION) {
      throw ByteSource.corrupt(null);
    }
    Want.Reason reason = in.oneOf(REASONS);
    Instant since = Instant.ofEpochSecond(in.varint());
    String collectionId = in.text();
    String docId = in.text();
    String peerId = in.text();
    Set<Cid> missing = new HashSet<>();
    for (int i = in.count(); i > 0; i--) {
      missing.add(in.cid());
    }
    return new Want(
        cid,
        collectionId,
        docId.isEmpty() ? null : new DocId(docId),
        peerId,
        reason,
        missing,
        since);
  }
}
