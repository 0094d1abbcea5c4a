package io.defradb.db.merge;

import io.defradb.crdt.Delta;
import io.defradb.dag.Block;
import io.defradb.dag.DagLink;
import io.defradb.db.apply.ApplyTarget;
import io.defradb.db.apply.Commit;
import io.defradb.db.apply.DeltaCipher;
import io.defradb.db.apply.DocumentApplier;
import io.defradb.db.apply.DocumentState;
import io.defradb.db.keys.Columns;
import io.defradb.db.keys.DocumentKey;
import io.defradb.db.keys.DocumentRecord;
import io.defradb.db.keys.Head;
import io.defradb.db.keys.StoredFields;
import io.defradb.db.log.Conflict;
import io.defradb.db.log.LogEntry;
import io.defradb.document.DocId;
import io.defradb.error.DefraException;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import io.defradb.schema.CollectionVersion;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One document while commits of others are applied to it. For one thread. */
final class MergedDocument {
  private static final Comparator<FieldBlock> BY_PRIORITY =
      (a, b) -> {
        int order =
            Long.compareUnsigned(a.block().delta().priority(), b.block().delta().priority());
        return order != 0 ? order : a.cid().compareTo(b.cid());
      };

  private final MergeTools tools;
  private final ApplyTarget target;
  private final CollectionVersion collection;
  private final DocId docId;
  private final DocumentApplier applier;
  private final Set<Integer> replayed = new HashSet<>();
  private final List<Conflict> conflicts = new ArrayList<>();

  private record FieldBlock(Cid cid, Block block) {}

  MergedDocument(MergeTools tools, ApplyTarget target, CollectionVersion collection, DocId docId) {
    this.tools = tools;
    this.target = target;
    this.collection = collection;
    this.docId = docId;
    byte[] key = DocumentKey.of(target.catalog().shortId(collection.collectionId()), docId);
    if (key == null) {
      throw MergeSource.fault("a DocID that no document can have");
    }
    byte[] stored = target.overlay().get(Columns.STATE, key);
    this.applier =
        new DocumentApplier(
            target, collection, docId, key, stored == null ? null : DocumentRecord.decode(stored));
  }

  /**
   * Applies a composite whose parents were applied.
   *
   * @param isLast of those that this transaction applies to the document
   * @return what it did here
   */
  LogEntry.Op apply(Cid cid, Block composite, boolean isLast) {
    List<Commit.Encoded> blocks = new ArrayList<>();
    conflicts.clear();
    for (DagLink link : composite.links()) {
      applyChain(link, cid, blocks);
    }
    String signer = tools.store(cid, composite, blocks);
    if (isLast) {
      replay();
    }
    return applier.finish(cid, composite, blocks, signer, conflicts);
  }

  /** A field's block after what is below it: normally nothing that was not applied. */
  private void applyChain(DagLink link, Cid composite, List<Commit.Encoded> blocks) {
    Deque<Cid> path = new ArrayDeque<>(List.of(link.cid()));
    while (!path.isEmpty()) {
      Cid cid = path.getLast();
      if (tools.source().isApplied(cid)) {
        path.removeLast();
        continue;
      }
      Block block = tools.source().requireBlock(cid);
      boolean isReady = true;
      for (Cid parent : block.heads()) {
        if (!tools.source().isApplied(parent)) {
          path.addLast(parent);
          isReady = false;
        }
      }
      if (isReady) {
        path.removeLast();
        applyField(link.name(), cid, block, composite, blocks);
      }
    }
  }

  private void applyField(
      String name, Cid cid, Block block, Cid composite, List<Commit.Encoded> blocks) {
    requireField(name, block.delta());
    tools.store(cid, block, blocks);
    tools.links().put(cid, composite);
    int number = StoredFields.number(collection, name);
    Bytes plain = plain(block);
    if (number >= 0 && !block.heads().isEmpty() && isUnset(number)) {
      replayed.add(number); // what is below came while the collection had no such field
    }
    DocumentRecord.Field current = number < 0 ? null : field(number);
    DocumentState.Effect effect = applier.state().applyField(cid, block, plain);
    if (block.delta() instanceof Delta.Lww && applier.state().record().isDeleted()) {
      noteDeleted(name, plain);
    } else if (block.delta() instanceof Delta.Lww
        && current != null
        && !current.value().equals(plain)) {
      noteConflict(name, block, plain, current, effect == DocumentState.Effect.WON);
    }
    switch (effect) {
      case OUT_OF_ORDER -> replayed.add(number);
      case WON, LOST, UNKNOWN_FIELD -> {}
    }
  }

  private boolean isUnset(int number) {
    return field(number) == null;
  }

  private void requireField(String name, Delta delta) {
    DocId owner =
        delta instanceof Delta.Lww lww
            ? lww.docId()
            : delta instanceof Delta.Counter counter ? counter.docId() : new DocId("");
    String field =
        delta instanceof Delta.Lww lww
            ? lww.fieldName()
            : delta instanceof Delta.Counter counter ? counter.fieldName() : "";
    if (!owner.equals(docId) || !field.equals(name)) {
      throw MergeSource.fault("a composite links a block of another field");
    }
    int place = collection.place(name);
    boolean isCounter = delta instanceof Delta.Counter;
    if (place >= 0 && collection.fields().get(place).crdt().isCounter() != isCounter) {
      throw MergeSource.fault("a delta of another type than its field's");
    }
  }

  private Bytes plain(Block block) {
    Bytes plain = DeltaCipher.plain(target.overlay(), block, MergeSource.data(block.delta()));
    if (plain == null) {
      throw new IllegalStateException("keys were looked for before");
    }
    return plain;
  }

  /**
   * Of two that wrote the field without knowing of each other, one value is lost. What the field
   * was before was written by one of its heads: one that the block names, it knew of.
   */
  private void noteConflict(
      String name, Block block, Bytes plain, DocumentRecord.Field before, boolean isWon) {
    if (before.heads().stream().allMatch(head -> block.heads().contains(head.cid()))) {
      return; // the rule: nothing was written meanwhile
    }
    Cid writer = writer(before);
    Cid other = writer == null || block.heads().contains(writer) ? null : tools.commitOf(writer);
    if (other != null) {
      conflicts.add(new Conflict(name, isWon, other, isWon ? before.value() : plain));
    }
  }

  /** A value that comes after the document was deleted is not seen: the delete stays. */
  private void noteDeleted(String name, Bytes plain) {
    for (Cid head : applier.state().heads().cids()) {
      Block block = tools.source().block(head);
      if (block != null && block.delta() instanceof Delta.Composite tip && tip.isDelete()) {
        conflicts.add(new Conflict(name, false, head, plain));
        return;
      }
    }
  }

  /** The block that wrote the field's value; {@code null}: it is not here. */
  private @Nullable Cid writer(DocumentRecord.Field field) {
    for (Head head : field.heads()) {
      if (head.height() == field.priority()) {
        Block block = tools.source().block(head.cid());
        if (block != null && plain(block).equals(field.value())) {
          return head.cid();
        }
      }
    }
    return null;
  }

  private DocumentRecord.@Nullable Field field(int number) {
    return applier.state().record().fields().get(number);
  }

  /**
   * Sums of floats depend on the order of their parts: where one came late, all are added again by
   * priority, then CID, so that every node that has the same blocks has the same sum.
   */
  private void replay() {
    DocumentState state = applier.state();
    for (int number : replayed) {
      List<FieldBlock> chain = chain(state.heads(number).cids());
      chain.sort(BY_PRIORITY);
      state.forget(number);
      chain.forEach(part -> state.applyField(part.cid(), part.block(), plain(part.block())));
    }
    replayed.clear();
  }

  private List<FieldBlock> chain(List<Cid> heads) {
    List<FieldBlock> chain = new ArrayList<>();
    Set<Cid> seen = new HashSet<>();
    Deque<Cid> open = new ArrayDeque<>(heads);
    while (!open.isEmpty()) {
      Cid cid = open.remove();
      if (seen.add(cid)) {
        Block block = tools.source().requireBlock(cid);
        chain.add(new FieldBlock(cid, block));
        open.addAll(block.heads());
      }
    }
    return chain;
  }

  void store(Consumer<DefraException> onViolation) {
    applier.store(onViolation);
  }

  DocumentState state() {
    return applier.state();
  }
}
