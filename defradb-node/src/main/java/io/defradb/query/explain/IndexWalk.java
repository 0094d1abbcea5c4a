package io.defradb.query.explain;

import io.defradb.db.StoredDocument;
import io.defradb.document.DocId;
import io.defradb.document.Value;
import io.defradb.query.explain.IndexEntries.Entry;
import io.defradb.query.explain.IndexEntries.Key;
import io.defradb.query.filter.ValueTest;
import io.defradb.schema.CollectionVersion;
import io.defradb.schema.IndexDescription;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Documents by an index: entries that stand where the first condition says, tested for the others,
 * then the document of each.
 */
final class IndexWalk implements DocumentSource {
  private final Measurement measurement;
  private final CollectionVersion collection;
  private final Fetches fetches;
  private final Iterator<Entry> entries;
  private final List<ValueTest> tests = new ArrayList<>();
  private final @Nullable Set<DocId> seen;

  private IndexWalk(
      Measurement measurement,
      CollectionVersion collection,
      Fetches fetches,
      Iterator<Entry> entries,
      List<IndexCondition> conditions,
      boolean isFirstDecided) {
    this.measurement = measurement;
    this.collection = collection;
    this.fetches = fetches;
    this.entries = entries;
    for (int i = 0; i < conditions.size(); i++) {
      boolean isDecided = i == 0 && isFirstDecided;
      tests.add(isDecided ? ValueTest.EVERYTHING : conditions.get(i).test());
    }
    boolean isManyEntries = conditions.stream().anyMatch(IndexCondition::isManyEntries);
    this.seen = isManyEntries ? new HashSet<>() : null;
  }

  /** Every entry, for the order they stand in. */
  static IndexWalk ordered(
      Measurement measurement,
      CollectionVersion collection,
      IndexDescription index,
      Fetches fetches,
      boolean isBackwards) {
    List<Entry> all = measurement.entries(collection, index).sorted();
    return new IndexWalk(
        measurement, collection, fetches, iterator(all, isBackwards), List.of(), false);
  }

  static IndexWalk filtered(
      Measurement measurement,
      CollectionVersion collection,
      IndexDescription index,
      Fetches fetches,
      List<IndexCondition> conditions,
      boolean isBackwards) {
    IndexEntries entries = measurement.entries(collection, index);
    IndexCondition first = conditions.get(0);
    boolean isWholeKey = isWholeKey(index, conditions);
    Iterator<Entry> walked;
    if (first.operator().equals("_in") && first.operand() instanceof Value.Items values) {
      List<Entry> found = new ArrayList<>();
      for (Value value : values.values()) {
        var equal =
            new IndexCondition("_eq", first.path(), value, first.kind(), first.isManyEntries());
        found.addAll(
            isWholeKey && !value.isNull()
                ? single(entries, replaced(conditions, equal))
                : prefixed(entries, List.of(equal)));
      }
      walked = found.iterator();
    } else if (first.isEqual() && isWholeKey) {
      walked = single(entries, conditions).iterator();
    } else if (first.isRange()) {
      walked = iterator(range(entries, first), isBackwards);
    } else {
      walked = iterator(prefixed(entries, conditions), isBackwards);
    }
    boolean isFirstDecided = conditions.size() > 1 || first.isRange();
    return new IndexWalk(measurement, collection, fetches, walked, conditions, isFirstDecided);
  }

  private static Iterator<Entry> iterator(List<Entry> entries, boolean isBackwards) {
    if (!isBackwards) {
      return entries.iterator();
    }
    List<Entry> reversed = new ArrayList<>(entries);
    Collections.reverse(reversed);
    return reversed.iterator();
  }

  /** A unique index, and a value for each of its fields: one entry at most. */
  private static boolean isWholeKey(IndexDescription index, List<IndexCondition> conditions) {
    if (!index.isUnique()
        || (conditions.get(0).isEqual() && conditions.get(0).operand().isNull())) {
      return false;
    }
    return conditions.stream().skip(1).allMatch(it -> it.isEqual() && !it.operand().isNull());
  }

  private static List<IndexCondition> replaced(
      List<IndexCondition> conditions, IndexCondition first) {
    List<IndexCondition> result = new ArrayList<>(conditions);
    result.set(0, first);
    return result;
  }

  private static List<Entry> single(IndexEntries entries, List<IndexCondition> conditions) {
    List<Entry> found = prefixed(entries, conditions);
    return found.isEmpty() ? found : found.subList(0, 1);
  }

  /** Entries that agree with the equalities at the front, or stand at the path of what follows. */
  private static List<Entry> prefixed(IndexEntries entries, List<IndexCondition> conditions) {
    List<Entry> found = entries.sorted();
    for (int i = 0; i < conditions.size(); i++) {
      int field = i;
      IndexCondition condition = conditions.get(i);
      if (!condition.isEqual()) {
        return condition.path().isEmpty()
            ? found
            : found.stream()
                .filter(it -> it.keys().get(field).path().equals(condition.path()))
                .toList();
      }
      Key wanted = condition.key();
      found =
          found.stream()
              .filter(it -> entries.order(field).compare(it.keys().get(field), wanted) == 0)
              .toList();
    }
    return found;
  }

  private static List<Entry> range(IndexEntries entries, IndexCondition condition) {
    Key limit = condition.key();
    boolean isForward = !entries.order(0).isDescending();
    return entries.sorted().stream()
        .filter(it -> it.keys().get(0).path().equals(condition.path()))
        .filter(
            it -> {
              int order = entries.order(0).compare(it.keys().get(0), limit);
              int risen = isForward ? order : -order;
              return switch (condition.operator()) {
                case "_gt" -> risen > 0;
                case "_ge" -> risen >= 0;
                case "_lt" -> risen < 0;
                default -> risen <= 0;
              };
            })
        .toList();
  }

  @Override
  public @Nullable StoredDocument next() {
    while (entries.hasNext()) {
      Entry entry = entries.next();
      fetches.addIndexEntry();
      if (isMatching(entry) && (seen == null || seen.add(entry.docId()))) {
        Optional<StoredDocument> document =
            measurement.reader().get(collection, entry.docId(), false);
        if (document.isPresent()) {
          fetches.addDocument(collection, document.get());
          return document.get();
        }
      }
    }
    return null;
  }

  private boolean isMatching(Entry entry) {
    for (int i = 0; i < tests.size(); i++) {
      if (!tests.get(i).matches(entry.keys().get(i).value())) {
        return false;
      }
    }
    return true;
  }
}
