package io.defradb.db.feed;

import io.defradb.db.log.LogEntry;
import io.defradb.db.log.LogEntry.Kind;
import io.defradb.db.log.LogEntry.Op;
import io.defradb.document.DocId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Puts the entries of one transaction together, one for each document, in the order of their last
 * entries. A delete ends it: a document that is created and deleted in one transaction is both, one
 * after the other. What is no change of a document stays as it is. For one thread.
 */
final class TransactionFold {
  private final List<@Nullable FoldedEntry> places = new ArrayList<>();
  private final Map<DocId, Integer> open = new HashMap<>();

  void add(LogEntry entry) {
    DocId docId = entry.docId();
    boolean isDelete = entry.op() == Op.DELETE;
    if (entry.kind() != Kind.DOCUMENT || docId == null || entry.isDeleted() && !isDelete) {
      places.add(FoldedEntry.of(entry));
      return;
    }
    Integer place = isDelete ? open.remove(docId) : open.put(docId, places.size());
    FoldedEntry known = place == null ? null : places.get(place);
    if (place == null || known == null || isDelete && known.op() == Op.CREATE) {
      places.add(FoldedEntry.of(entry));
    } else {
      places.set(place, null);
      places.add(known.followedBy(entry));
    }
  }

  int size() {
    return places.size();
  }

  /** Gives what there is, and is empty again. */
  void drainTo(Consumer<FoldedEntry> taker) {
    for (FoldedEntry entry : places) {
      if (entry != null) {
        taker.accept(entry);
      }
    }
    places.clear();
    open.clear();
  }
}
