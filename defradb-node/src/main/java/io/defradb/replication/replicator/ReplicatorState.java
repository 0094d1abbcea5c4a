package io.defradb.replication.replicator;

import io.defradb.db.log.ByteSink;
import io.defradb.db.log.ByteSource;
import io.defradb.multiformats.Bytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A replicator as it is stored.
 *
 * <pre>
 * 01 | active u8 | seconds varint, nanoseconds varint | cursor varint
 *    | count, addresses text* | count, collection IDs text* | count, DocIDs text*
 *    | count, (collection ID text, DocID text)*
 * </pre>
 *
 * @param addresses multiaddresses as texts
 * @param collectionIds pushed as a whole
 * @param docIds pushed one by one
 * @param isActive whether the last push was acknowledged
 * @param since when {@code isActive} changed last
 * @param cursor the peer has everything that entries of the log up to this one brought, but for
 *     what is owed and what {@code backfill} says
 * @param backfill collections whose older documents are being pushed, with the DocID of the last
 *     one done; empty before the first
 */
record ReplicatorState(
    List<String> addresses,
    SortedSet<String> collectionIds,
    SortedSet<String> docIds,
    boolean isActive,
    Instant since,
    long cursor,
    SortedMap<String, String> backfill) {
  private static final int VERSION = 1;

  ReplicatorState {
    addresses = List.copyOf(addresses);
    collectionIds = Collections.unmodifiableSortedSet(new TreeSet<>(collectionIds));
    docIds = Collections.unmodifiableSortedSet(new TreeSet<>(docIds));
    backfill = Collections.unmodifiableSortedMap(new TreeMap<>(backfill));
  }

  ReplicatorState withActive(boolean active, Instant now) {
    return active == isActive
        ? this
        : new ReplicatorState(addresses, collectionIds, docIds, active, now, cursor, backfill);
  }

  ReplicatorState withCursor(long newCursor) {
    return new ReplicatorState(
        addresses, collectionIds, docIds, isActive, since, newCursor, backfill);
  }

  ReplicatorState withBackfill(SortedMap<String, String> newBackfill) {
    return new ReplicatorState(
        addresses, collectionIds, docIds, isActive, since, cursor, newBackfill);
  }

  boolean isEmpty() {
    return collectionIds.isEmpty() && docIds.isEmpty();
  }

  byte[] encode() {
    var out = new ByteSink().octet(VERSION).octet(isActive ? 1 : 0);
    out.varint(since.getEpochSecond()).varint(since.getNano()).varint(cursor);
    write(out, addresses);
    write(out, collectionIds);
    write(out, docIds);
    out.varint(backfill.size());
    backfill.forEach((collectionId, docId) -> out.text(collectionId).text(docId));
    return out.toBytes();
  }

  private static void write(ByteSink out, Collection<String> texts) {
    out.varint(texts.size());
    texts.forEach(out::text);
  }

  static ReplicatorState decode(Bytes stored) {
    var in = new ByteSource(stored.unsafeArray());
    if (in.octet() != VERSION) {
      throw ByteSource.corrupt(null);
    }
    boolean isActive = in.octet() == 1;
    Instant since = Instant.ofEpochSecond(in.varint(), in.small());
    long cursor = in.varint();
    List<String> addresses = texts(in);
    var collectionIds = new TreeSet<>(texts(in));
    var docIds = new TreeSet<>(texts(in));
    var backfill = new TreeMap<String, String>();
    for (int i = in.count(); i > 0; i--) {
      backfill.put(in.text(), in.text());
    }
    return new ReplicatorState(addresses, collectionIds, docIds, isActive, since, cursor, backfill);
  }

  private static List<String> texts(ByteSource in) {
    List<String> texts = new ArrayList<>();
    for (int i = in.count(); i > 0; i--) {
      texts.add(in.text());
    }
    return texts;
  }
}
