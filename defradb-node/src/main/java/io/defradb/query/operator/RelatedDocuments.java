package io.defradb.query.operator;

import io.defradb.db.DocumentCursor;
import io.defradb.db.DocumentReader;
import io.defradb.db.StoredDocument;
import io.defradb.document.DocId;
import io.defradb.document.Value;
import io.defradb.query.plan.Relation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Joins: from a row to its related documents.
 *
 * <p>From the side that holds the key it is a point read, remembered among the last {@value
 * #REMEMBERED_BYTES_MAX} bytes. From the other side it is an index lookup; without an index the
 * first row scans, and from the second on a hash table over the whole related collection answers (a
 * hash join), bounded by the request's memory.
 */
final class RelatedDocuments {
  private static final long REMEMBERED_BYTES_MAX = 8L << 20;

  private final DocumentReader documents;
  private final MemoryBudget budget;
  private final boolean isDeletedShown;
  private final Map<Relation, Remembered> remembered = new IdentityHashMap<>();
  private final Map<Relation, HashedSide> hashed = new IdentityHashMap<>();

  RelatedDocuments(DocumentReader documents, MemoryBudget budget, boolean isDeletedShown) {
    this.isDeletedShown = isDeletedShown;
    this.documents = documents;
    this.budget = budget;
  }

  /** The related documents of {@code row}, by DocID. Close it. */
  Operator open(Relation relation, Row row) {
    if (relation.isEmbedded()) {
      return new RowsOperator(row.embedded(relation).iterator());
    }
    if (relation.isPrimary()) {
      StoredDocument target = byKey(relation, row.value(relation.keyIndex()));
      List<Row> rows = target == null ? List.of() : List.of(new DocumentRow(target));
      return new RowsOperator(rows.iterator());
    }
    Value.Text key = new Value.Text(row.docId().text());
    if (relation.keyIndexDescription() != null) {
      return new DocumentOperator(
          documents.byIndex(
              relation.target(), relation.keyIndexDescription(), List.of(key), isDeletedShown));
    }
    HashedSide side = hashed.computeIfAbsent(relation, it -> new HashedSide(key.value()));
    if (side.isFirst(key.value())) {
      return new DocumentOperator(
          new KeyedCursor(
              documents.scan(relation.target(), null, isDeletedShown), relation.keyIndex(), key));
    }
    return new RowsOperator(side.rows(relation, key.value()));
  }

  /** The first of them; null without one. */
  @Nullable Row first(Relation relation, Row row) {
    try (Operator rows = open(relation, row)) {
      return rows.next();
    }
  }

  private @Nullable StoredDocument byKey(Relation relation, Value key) {
    if (!(key instanceof Value.Text text)) {
      return null;
    }
    return remembered
        .computeIfAbsent(relation, it -> new Remembered())
        .get(text.value(), it -> documents.get(relation.target(), new DocId(it), isDeletedShown))
        .orElse(null);
  }

  /** Every document of the related side, by the key it holds; filled when a second key is asked. */
  private final class HashedSide {
    private final String firstKey;
    private @Nullable Map<String, List<StoredDocument>> byKey;

    HashedSide(String firstKey) {
      this.firstKey = firstKey;
    }

    /** The only row so far: a scan for it holds nothing. */
    boolean isFirst(String key) {
      return byKey == null && firstKey.equals(key);
    }

    Iterator<DocumentRow> rows(Relation relation, String key) {
      if (byKey == null) {
        byKey = fill(relation);
      }
      return byKey.getOrDefault(key, List.of()).stream().map(DocumentRow::new).iterator();
    }

    private Map<String, List<StoredDocument>> fill(Relation relation) {
      var table = new HashMap<String, List<StoredDocument>>();
      try (DocumentCursor cursor = documents.scan(relation.target(), null, isDeletedShown)) {
        for (StoredDocument it = cursor.next(); it != null; it = cursor.next()) {
          if (it.value(relation.keyIndex()) instanceof Value.Text key) {
            budget.take(MemoryBudget.KEY_BYTES + it.sizeBytes());
            table.computeIfAbsent(key.value(), absent -> new ArrayList<>(1)).add(it);
          }
        }
      }
      return table;
    }
  }

  /** The last documents read by key, absent ones included. */
  private static final class Remembered {
    private final Map<String, Optional<StoredDocument>> byKey =
        new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    Optional<StoredDocument> get(String key, Function<String, Optional<StoredDocument>> read) {
      Optional<StoredDocument> known = byKey.get(key);
      if (known == null) {
        known = read.apply(key);
        byKey.put(key, known);
        bytes += size(known);
        forgetOldest();
      }
      return known;
    }

    private void forgetOldest() {
      Iterator<Optional<StoredDocument>> oldest = byKey.values().iterator();
      while (bytes > REMEMBERED_BYTES_MAX && byKey.size() > 1) {
        bytes -= size(oldest.next());
        oldest.remove();
      }
    }

    private static long size(Optional<StoredDocument> document) {
      return MemoryBudget.KEY_BYTES + document.map(StoredDocument::sizeBytes).orElse(0L);
    }
  }

  /** Passes the documents that hold one key. */
  private static final class KeyedCursor implements DocumentCursor {
    private final DocumentCursor source;
    private final int keyIndex;
    private final Value key;

    KeyedCursor(DocumentCursor source, int keyIndex, Value key) {
      this.source = source;
      this.keyIndex = keyIndex;
      this.key = key;
    }

    @Override
    public @Nullable StoredDocument next() {
      StoredDocument document = source.next();
      while (document != null && !document.value(keyIndex).equals(key)) {
        document = source.next();
      }
      return document;
    }

    @Override
    public void close() {
      source.close();
    }
  }
}
