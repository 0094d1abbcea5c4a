package io.defradb.connect.source.stream;

import io.defradb.client.Change;
import io.defradb.client.Change.FieldConflict;
import io.defradb.client.Change.Kind;
import io.defradb.client.Change.Op;
import io.defradb.connect.source.record.DocumentChange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * Folds the entries that one transaction has in one lane into a change per document, in the order
 * of their last entries. A delete ends a fold: a document that is created and deleted in one
 * transaction is both, one after the other. Late updates of deleted documents change nothing that a
 * reader could see and are passed over, but for what they lose. The node has folded most of it
 * already; what it does not fold at once is folded here.
 */
final class LaneChanges {
  /** First and last entry of a document, and what met in them and between. */
  private record Fold(Change<Struct> first, Change<Struct> last, List<FieldConflict> conflicts) {
    Fold(Change<Struct> entry) {
      this(entry, entry, entry.conflicts());
    }

    Fold followedBy(Change<Struct> next) {
      if (next.conflicts().isEmpty()) {
        return new Fold(first, next, conflicts);
      }
      List<FieldConflict> all = new ArrayList<>(conflicts);
      all.addAll(next.conflicts());
      return new Fold(first, next, all);
    }
  }

  private final List<@Nullable Fold> places;
  private final Map<String, Integer> open = new HashMap<>();
  private final List<Change<Struct>> late = new ArrayList<>();

  private LaneChanges(int size) {
    places = new ArrayList<>(size);
  }

  /**
   * What is no event of a document comes last: positions within a transaction are the same whether
   * or not it is asked for.
   */
  static List<DocumentChange> fold(List<Change<Struct>> entries) {
    var changes = new LaneChanges(entries.size());
    for (Change<Struct> entry : entries) {
      if (entry.kind() == Kind.DOCUMENT) {
        changes.add(entry);
      }
    }
    List<DocumentChange> result = changes.result();
    addSchema(entries, result);
    return result;
  }

  /** The last version that changed is the active one. */
  private static void addSchema(List<Change<Struct>> entries, List<DocumentChange> result) {
    for (int i = entries.size() - 1; i >= 0; i--) {
      Change<Struct> entry = entries.get(i);
      if (entry.kind() == Kind.SCHEMA) {
        result.add(new DocumentChange(DocumentChange.SCHEMA, entry, entry, 0));
        return;
      }
    }
  }

  /** Every entry on its own. */
  static List<DocumentChange> each(List<Change<Struct>> entries) {
    List<DocumentChange> changes = new ArrayList<>(entries.size());
    for (Change<Struct> entry : entries) {
      if (entry.kind() == Kind.DOCUMENT) {
        changes.add(new DocumentChange(op(entry, entry), entry, entry, changes.size() + 1));
      }
    }
    addSchema(entries, changes);
    return changes;
  }

  private static String op(Change<?> first, Change<?> last) {
    return last.op() == Op.DELETE ? "d" : first.op() == Op.CREATE ? "c" : "u";
  }

  private void add(Change<Struct> entry) {
    boolean isDelete = entry.op() == Op.DELETE;
    if (entry.isDeleted() && !isDelete) {
      if (!entry.conflicts().isEmpty()) {
        late.add(entry);
      }
      return;
    }
    Integer place = isDelete ? open.remove(entry.docId()) : open.put(entry.docId(), places.size());
    Fold known = place == null ? null : places.get(place);
    if (place == null || known == null || isDelete && known.first().op() == Op.CREATE) {
      places.add(new Fold(entry));
    } else {
      places.set(place, null);
      places.add(known.followedBy(entry));
    }
  }

  private List<DocumentChange> result() {
    List<DocumentChange> changes = new ArrayList<>(places.size() + late.size());
    for (Fold fold : places) {
      if (fold != null) {
        String op = op(fold.first(), fold.last());
        changes.add(
            new DocumentChange(
                op, fold.first(), fold.last(), changes.size() + 1, fold.conflicts()));
      }
    }
    for (Change<Struct> entry : late) {
      changes.add(new DocumentChange(DocumentChange.LATE, entry, entry, 0));
    }
    return changes;
  }
}
