package io.defradb.db.index;

import io.defradb.db.keys.Columns;
import io.defradb.db.keys.DocumentKey;
import io.defradb.db.keys.RecordView;
import io.defradb.db.overlay.Overlay;
import io.defradb.document.DocId;
import io.defradb.document.FieldKind;
import io.defradb.document.Value;
import io.defradb.document.ValueCbor;
import io.defradb.storage.Cursor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The documents of one collection, deleted ones too, by the rank of one field, as they were at a
 * number of the log. Documents without the field are left out. Immutable.
 */
final class FieldOrder {
  /** What is ordered: a field by its local number. */
  record Subject(int collection, int field, FieldKind kind) {}

  /** A document by the two halves of its UUID. */
  private record Entry(long rank, long high, long low) {
    DocId docId() {
      return DocumentKey.docId(new UUID(high, low));
    }
  }

  private final Subject subject;
  private final long asOf;
  private final List<Entry> entries;

  private FieldOrder(Subject subject, long asOf, List<Entry> entries) {
    this.subject = subject;
    this.asOf = asOf;
    this.entries = entries;
  }

  /** Reads the whole collection; {@code null} when it has more than {@code max} documents. */
  static @Nullable FieldOrder read(Overlay overlay, Subject subject, long asOf, int max) {
    List<Entry> entries = new ArrayList<>();
    try (Cursor documents =
        overlay.cursor(Columns.STATE, DocumentKey.range(subject.collection()))) {
      while (documents.next()) {
        add(entries, subject, documents.key(), documents.value());
        if (entries.size() > max) {
          return null;
        }
      }
    }
    return sorted(subject, asOf, entries);
  }

  /** The same at a later moment. {@code changed}: every document that changed meanwhile. */
  FieldOrder advanced(Overlay overlay, Set<DocId> changed, long newAsOf) {
    List<Entry> kept = new ArrayList<>(entries.size() + changed.size());
    for (Entry entry : entries) {
      if (!changed.contains(entry.docId())) {
        kept.add(entry);
      }
    }
    for (DocId docId : changed) {
      byte[] key = DocumentKey.of(subject.collection(), docId);
      byte[] record = key == null ? null : overlay.getUntracked(Columns.STATE, key);
      if (key != null && record != null) {
        add(kept, subject, key, record);
      }
    }
    return sorted(subject, newAsOf, kept);
  }

  private static void add(List<Entry> entries, Subject subject, byte[] key, byte[] record) {
    var view = new RecordView(record);
    int start = view.start(subject.field());
    if (start < 0) {
      return;
    }
    Value value =
        ValueCbor.decode(subject.kind(), view.array(), start, view.length(subject.field()));
    if (!value.isNull()) {
      ByteBuffer uuid = ByteBuffer.wrap(key, key.length - DocumentKey.UUID_BYTES, 16);
      entries.add(new Entry(ValueRank.of(subject.kind(), value), uuid.getLong(), uuid.getLong()));
    }
  }

  private static FieldOrder sorted(Subject subject, long asOf, List<Entry> entries) {
    entries.sort(Comparator.comparingLong(Entry::rank));
    return new FieldOrder(subject, asOf, List.copyOf(entries));
  }

  Subject subject() {
    return subject;
  }

  long asOf() {
    return asOf;
  }

  int size() {
    return entries.size();
  }

  /** How many documents have a rank within the bounds, both included. */
  int count(long lowest, long highest) {
    return Math.max(0, firstAbove(highest) - firstNotBelow(lowest));
  }

  /** Those documents, by rank. */
  List<DocId> between(long lowest, long highest) {
    int from = firstNotBelow(lowest);
    return entries.subList(from, Math.max(from, firstAbove(highest))).stream()
        .map(Entry::docId)
        .toList();
  }

  private int firstAbove(long rank) {
    return rank == Long.MAX_VALUE ? entries.size() : firstNotBelow(rank + 1);
  }

  private int firstNotBelow(long rank) {
    int from = 0;
    int to = entries.size();
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (entries.get(middle).rank() < rank) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }
}
