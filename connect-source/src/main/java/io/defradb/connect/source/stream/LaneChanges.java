package io.defradb.connect.source.stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.connect.source.record.DocumentChange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Folds the entries that one transaction has in one lane into a change per document, in the order
 * of their last entries. A delete ends a fold: a document that is created and deleted in one
 * transaction is both, one after the other. Late updates of deleted documents change nothing that a
 * reader could see and are passed over.
 */
final class LaneChanges {
  /** First and last entry of a document; compared by identity. */
  private static final class Fold {
    private final JsonNode first;
    private JsonNode last;

    Fold(JsonNode entry) {
      first = entry;
      last = entry;
    }
  }

  private final Set<Fold> folds = new LinkedHashSet<>();
  private final Map<String, Fold> open = new HashMap<>();

  private LaneChanges() {}

  static List<DocumentChange> fold(List<JsonNode> entries) {
    var changes = new LaneChanges();
    entries.forEach(changes::add);
    return changes.result();
  }

  private void add(JsonNode entry) {
    String docId = entry.path("docID").asText();
    if (isDelete(entry)) {
      Fold known = open.remove(docId);
      if (known == null || isCreate(known.first)) {
        folds.add(new Fold(entry));
      } else {
        append(
            known,
            entry); // an update that ends in a delete is a delete with the first image before
      }
      return;
    }
    if (entry.path("deleted").asBoolean(false)) {
      return;
    }
    Fold known = open.get(docId);
    if (known == null) {
      Fold fold = new Fold(entry);
      folds.add(fold);
      open.put(docId, fold);
    } else {
      append(known, entry);
    }
  }

  private void append(Fold fold, JsonNode entry) {
    folds.remove(fold);
    fold.last = entry;
    folds.add(fold);
  }

  private List<DocumentChange> result() {
    List<DocumentChange> changes = new ArrayList<>(folds.size());
    for (Fold fold : folds) {
      String op = isDelete(fold.last) ? "d" : isCreate(fold.first) ? "c" : "u";
      changes.add(new DocumentChange(op, fold.first, fold.last, changes.size() + 1));
    }
    return changes;
  }

  private static boolean isDelete(JsonNode entry) {
    return entry.path("op").asText().equals("delete");
  }

  private static boolean isCreate(JsonNode entry) {
    return entry.path("op").asText().equals("create");
  }
}
