package io.defradb.db.backup;

import io.defradb.acp.Asker;
import io.defradb.acp.DocumentAccess.Permission;
import io.defradb.dag.BlockCodec;
import io.defradb.db.BlockMerger;
import io.defradb.db.MergeOutcome;
import io.defradb.db.Transaction;
import io.defradb.document.DocId;
import io.defradb.document.DocIds;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import io.defradb.schema.CollectionVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Applies the commits of a history file as those of a peer are applied: every CID is checked, every
 * signature, and documents keep their DocIDs. What is here already stays as it is, so a restore can
 * be repeated, and what was killed goes on: documents are stored whole, so many a transaction. Call
 * {@link #check} on the whole file first.
 */
public final class HistoryRestore {
  private static final int UNITS_MAX = 100;
  private static final long BYTES_MAX = 16L << 20;
  private static final int COMMITS_MAX = 5_000;

  private final Transactions transactions;
  private final Asker asker;
  private final Map<Cid, Bytes> fetched = new HashMap<>();
  private final List<Bytes> keys = new ArrayList<>();
  private final Set<Cid> keysExpected = new HashSet<>();
  private final List<HistoryMark.Unit> units = new ArrayList<>();
  private long bytes;

  /** Runs work in a transaction of its own, again when it met another's. */
  @FunctionalInterface
  public interface Transactions {
    <T> T transact(Function<Transaction, T> work);
  }

  public HistoryRestore(Transactions transactions, Asker asker) {
    this.transactions = transactions;
    this.asker = asker;
  }

  /**
   * Reads the whole file and changes nothing.
   *
   * @throws DefraException INVALID_ARGUMENT
   */
  public static void check(InputStream in) throws IOException {
    var car = new CarReader(in);
    List<Cid> roots = car.header();
    CarReader.Section section = car.next();
    boolean isHistory =
        section != null
            && HistoryMark.read(section.bytes()) instanceof HistoryMark.Start
            && roots.equals(List.of(section.cid()));
    if (!isHistory) {
      throw CarReader.corrupt("it does not begin as one");
    }
    long blocks = 0;
    long unitsRead = 0;
    HistoryMark last = null;
    for (; section != null; section = car.next()) {
      if (last instanceof HistoryMark.End) {
        throw CarReader.corrupt("it goes on after its end");
      }
      last = HistoryMark.read(section.bytes());
      unitsRead += last instanceof HistoryMark.Unit ? 1 : 0;
      blocks++;
    }
    if (!(last instanceof HistoryMark.End end)) {
      throw CarReader.corrupt("the file is cut off");
    }
    if (end.blocks() != blocks - 1 || end.units() != unitsRead) {
      throw CarReader.corrupt("blocks are missing");
    }
  }

  /** Applies it. */
  public void read(InputStream in) throws IOException {
    var car = new CarReader(in);
    car.header();
    for (CarReader.Section section = car.next(); section != null; section = car.next()) {
      HistoryMark mark = HistoryMark.read(section.bytes());
      if (mark instanceof HistoryMark.Unit unit) {
        units.add(unit);
        if (units.size() >= UNITS_MAX || bytes > BYTES_MAX) {
          apply();
        }
      } else if (mark == null) {
        take(section);
      }
    }
    apply();
  }

  private void take(CarReader.Section section) {
    byte[] raw = section.bytes().unsafeArray();
    if (keysExpected.contains(section.cid())) {
      keys.add(section.bytes());
      return;
    }
    if (BlockCodec.isCommit(raw)) {
      Cid encryption = BlockCodec.decode(raw).encryption();
      if (encryption != null) {
        keysExpected.add(encryption);
      }
    }
    fetched.put(section.cid(), section.bytes());
    bytes += raw.length;
    if (bytes > BYTES_MAX) {
      keep();
    }
  }

  /** The blocks of a unit that is greater than what memory holds wait in the store. */
  private void keep() {
    transactions.transact(
        transaction -> {
          BlockMerger merger = transaction.merger();
          keys.forEach(merger::keepKey);
          fetched.forEach(merger::keep);
          return true;
        });
    fetched.clear();
    keys.clear();
    bytes = 0;
  }

  private void apply() {
    int applied = 0;
    while (applied < units.size()) {
      int from = applied;
      applied = transactions.transact(transaction -> apply(transaction, from));
    }
    units.clear();
    fetched.clear();
    keys.clear();
    keysExpected.clear();
    bytes = 0;
  }

  /** The first unit that is not whole yet. */
  private int apply(Transaction transaction, int from) {
    BlockMerger merger = transaction.merger();
    keys.forEach(merger::keepKey);
    for (int i = from; i < units.size(); i++) {
      HistoryMark.Unit unit = units.get(i);
      CollectionVersion collection = collection(transaction, unit.collectionId());
      DocId docId = docId(unit.docId());
      boolean isNew = docId != null && requireAllowed(transaction, collection, docId);
      for (Cid head : unit.heads()) {
        if (!isComplete(merger.merge(collection, head, fetched, COMMITS_MAX))) {
          return i;
        }
      }
      if (isNew && docId != null) {
        transaction.access().registerCreated(asker, collection, docId);
      }
    }
    return units.size();
  }

  private static @Nullable DocId docId(@Nullable String text) {
    return text == null ? null : DocIds.parse(text);
  }

  private static boolean isComplete(MergeOutcome outcome) {
    if (outcome instanceof MergeOutcome.Applied done) {
      return done.isComplete();
    }
    throw CarReader.corrupt(
        outcome instanceof MergeOutcome.MissingKeys
            ? "a key is missing"
            : "a commit's blocks are missing");
  }

  private static CollectionVersion collection(Transaction transaction, String collectionId) {
    return transaction.catalog().active().stream()
        .filter(version -> version.collectionId().equals(collectionId))
        .findFirst()
        .orElseThrow(
            () ->
                new DefraException(
                    ErrorCode.COLLECTION_NOT_FOUND,
                    "the collection of a history is not here, add its schema first",
                    "CollectionID",
                    collectionId));
  }

  /** Whether it is a document that was not here, which then becomes the asker's. */
  private boolean requireAllowed(
      Transaction transaction, CollectionVersion collection, DocId docId) {
    boolean isHere = transaction.commits().heads(docId).isPresent();
    boolean isProtected = collection.policy() != null && !asker.isTrusted();
    boolean isAllowed =
        !isProtected
            || (isHere
                ? transaction.access().isAllowed(asker, Permission.UPDATE, collection, docId)
                : !asker.isAnonymous());
    if (!isAllowed) {
      throw new DefraException(
          ErrorCode.FORBIDDEN, "not authorized to restore a document", "DocID", docId);
    }
    return !isHere;
  }
}
