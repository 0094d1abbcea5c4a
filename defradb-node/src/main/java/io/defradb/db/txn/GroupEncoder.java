package io.defradb.db.txn;

import io.defradb.db.apply.Commit;
import io.defradb.db.keys.BlockPlace;
import io.defradb.db.keys.Columns;
import io.defradb.db.keys.DocumentRecord;
import io.defradb.db.log.CommitPack;
import io.defradb.db.log.LogCodec;
import io.defradb.db.log.LogEntry;
import io.defradb.db.log.LogKeys;
import io.defradb.db.overlay.Overlay;
import io.defradb.multiformats.Cid;
import io.defradb.storage.Column;
import io.defradb.storage.WriteBatch;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * A transaction ready to be written but for its log numbers: what is heavy was done by its own
 * thread.
 */
final class GroupEncoder {
  /** Columns whose keys take part in the conflict check. */
  private static final List<Column> CHECKED =
      List.of(Columns.STATE, Columns.SYSTEM, Columns.INDEX, Columns.LOCAL);

  private final StoreTransaction transaction;
  private final List<byte[]> packs = new ArrayList<>();
  private final List<byte @Nullable []> images = new ArrayList<>();
  private final List<Placed> places = new ArrayList<>();
  private final int[] placesInOrder;
  private final long[] written;

  /** Where a block will be: in which of the transaction's entries, and its place among blocks. */
  private record Placed(byte[] key, int commit, int block) {}

  GroupEncoder(StoreTransaction transaction) {
    this.transaction = transaction;
    List<Commit> commits = transaction.ownCommits();
    for (int i = 0; i < commits.size(); i++) {
      Commit commit = commits.get(i);
      packs.add(pack(commit, placed(commit.entry(), i, commits.size())));
      images.add(commit.image() == null ? null : LogCodec.encode(commit.image()));
      for (int block = 0; block < commit.blocks().size(); block++) {
        places.add(new Placed(BlockPlace.key(commit.blocks().get(block).cid()), i, block));
      }
    }
    this.placesInOrder = inOrder(places);
    this.written = fingerprints(transaction.overlay());
  }

  /**
   * Roughly in the order of their keys, equal ones as they came: so each finds its place in the
   * store's memory from the one before it.
   */
  private static int[] inOrder(List<Placed> places) {
    int numberBits = Integer.SIZE - Integer.numberOfLeadingZeros(places.size());
    long[] starts = new long[places.size()];
    for (int i = 0; i < starts.length; i++) {
      long start = ByteBuffer.wrap(places.get(i).key()).getLong();
      long unsigned = start ^ Long.MIN_VALUE; // is sorted as if it had no sign
      starts[i] = unsigned >>> numberBits << numberBits | i;
    }
    Arrays.sort(starts);
    int[] order = new int[starts.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = (int) (starts[i] & (1L << numberBits) - 1);
    }
    return order;
  }

  private static byte[] pack(Commit commit, LogEntry entry) {
    List<Cid> cids = new ArrayList<>(commit.blocks().size());
    List<byte[]> blocks = new ArrayList<>(commit.blocks().size());
    for (Commit.Encoded block : commit.blocks()) {
      cids.add(block.cid());
      blocks.add(block.bytes());
    }
    return CommitPack.encode(entry, cids, blocks);
  }

  private static long[] fingerprints(Overlay overlay) {
    LongStream.Builder written = LongStream.builder();
    for (Column column : CHECKED) {
      TreeMap<byte[], Overlay.Change> changes = overlay.writes().get(column);
      if (changes != null) {
        changes.keySet().forEach(key -> written.add(Overlay.fingerprint(column, key)));
      }
    }
    overlay
        .marks()
        .isAny(
            mark -> {
              written.add(mark);
              return false;
            });
    return written.build().toArray();
  }

  StoreTransaction transaction() {
    return transaction;
  }

  long[] written() {
    return written;
  }

  int entries() {
    return packs.size();
  }

  /** Adds everything to the batch, with numbers from {@code firstSeq} on. */
  void addTo(WriteBatch batch, long firstSeq) {
    List<Commit> commits = transaction.ownCommits();
    Map<Column, TreeMap<byte[], Overlay.Change>> writes = transaction.overlay().writes();
    TreeMap<byte[], Overlay.Change> states = writes.get(Columns.STATE);
    for (int i = 0; i < commits.size(); i++) {
      Commit commit = commits.get(i);
      long seq = firstSeq + i;
      byte[] key = LogKeys.seq(seq);
      batch.put(LogKeys.ENTRIES, key, packs.get(i));
      byte[] image = images.get(i);
      if (image != null) {
        batch.put(LogKeys.IMAGES, key, image);
      }
      putSeq(states, commit.stateKey(), seq);
    }
    for (int number : placesInOrder) {
      Placed placed = places.get(number);
      var place = new BlockPlace(firstSeq + placed.commit(), placed.block());
      batch.put(Columns.CID, placed.key(), place.encode());
    }
    writes.forEach(
        (column, changes) -> changes.forEach((key, change) -> add(batch, column, key, change)));
  }

  private static void putSeq(
      @Nullable TreeMap<byte[], Overlay.Change> states, byte @Nullable [] stateKey, long seq) {
    Overlay.Change change = states == null || stateKey == null ? null : states.get(stateKey);
    byte[] record = change == null ? null : change.value();
    if (record != null) {
      DocumentRecord.putSeq(record, seq);
    }
  }

  private static void add(WriteBatch batch, Column column, byte[] key, Overlay.Change change) {
    byte[] value = change.value();
    if (value == null) {
      batch.delete(column, key);
    } else {
      batch.put(column, key, value);
    }
  }

  /** The number is the key and no part of the value: it need not be known here. */
  private static LogEntry placed(LogEntry entry, int index, int size) {
    return new LogEntry(
        0,
        index,
        size,
        entry.kind(),
        entry.op(),
        entry.cid(),
        entry.docId(),
        entry.schemaVersionId(),
        entry.fields(),
        entry.height(),
        entry.heads(),
        entry.time(),
        entry.origin(),
        entry.signer(),
        entry.isDeleted(),
        entry.isWaitingForKey(),
        entry.conflicts());
  }
}
