package io.defradb.query.explain;

import io.defradb.db.DocumentCursor;
import io.defradb.db.StoredDocument;
import io.defradb.document.DocId;
import io.defradb.document.FieldKind;
import io.defradb.document.Value;
import io.defradb.query.filter.ValueOrder;
import io.defradb.schema.CollectionVersion;
import io.defradb.schema.IndexDescription;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The entries that an index holds, in its order: of each document the products of what its fields
 * give. A scalar gives itself, a list its distinct elements, JSON its leaves with their paths.
 */
final class IndexEntries {
  /** In a path: inside a list, whatever the position. */
  static final String ELEMENT = "\u0000";

  private final List<KeyOrder> orders;
  private final List<Entry> sorted;

  private IndexEntries(List<KeyOrder> orders, List<Entry> sorted) {
    this.orders = orders;
    this.sorted = sorted;
  }

  /** One key a field of the index. */
  record Entry(List<Key> keys, DocId docId) {
    boolean isAnyNull() {
      return keys.stream().anyMatch(key -> key.value().isNull());
    }
  }

  /** {@code path}: of a leaf inside JSON. */
  record Key(List<String> path, Value value) {
    static final Key NULL = new Key(List.of(), Value.NULL);
  }

  /** How a field of an index is ordered. */
  record KeyOrder(ValueOrder values, boolean isJson, boolean isDescending)
      implements Comparator<Key> {
    @Override
    public int compare(Key a, Key b) {
      int byPath = comparePaths(a.path(), b.path());
      if (byPath != 0) {
        return byPath;
      }
      if (isJson && rank(a.value()) != rank(b.value())) {
        return Integer.compare(rank(a.value()), rank(b.value()));
      }
      int byValue = values.compare(a.value(), b.value());
      return isDescending ? -byValue : byValue;
    }

    /** Where a kind of JSON value stands; unset is last where values descend. */
    private int rank(Value value) {
      return switch (value.type()) {
        case NULL -> isDescending ? 9 : 0;
        case INT, FLOAT64, FLOAT32 -> 1;
        case TEXT -> 2;
        default -> 3;
      };
    }

    private static int comparePaths(List<String> a, List<String> b) {
      for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
        int order = ValueOrder.compareUtf8(a.get(i), b.get(i));
        if (order != 0) {
          return order;
        }
      }
      return Integer.compare(a.size(), b.size());
    }
  }

  static IndexEntries of(
      Measurement measurement, CollectionVersion collection, IndexDescription index) {
    List<KeyOrder> orders = new ArrayList<>();
    for (IndexDescription.IndexedField field : index.fields()) {
      FieldKind kind = DocumentFilter.kind(collection, field.name());
      FieldKind element = kind.element() == null ? kind : kind.element();
      orders.add(
          new KeyOrder(ValueOrder.of(element), kind == FieldKind.JSON, field.isDescending()));
    }
    List<Entry> entries = new ArrayList<>();
    try (DocumentCursor cursor = measurement.reader().scan(collection, null, false)) {
      for (StoredDocument it = cursor.next(); it != null; it = cursor.next()) {
        int before = entries.size();
        add(collection, index, it, 0, new ArrayList<>(), entries);
        measurement.hold(2L * (entries.size() - before));
      }
    }
    var result = new IndexEntries(orders, entries);
    entries.sort(result::compare);
    return result;
  }

  List<Entry> sorted() {
    return sorted;
  }

  KeyOrder order(int field) {
    return orders.get(field);
  }

  private int compare(Entry a, Entry b) {
    for (int i = 0; i < orders.size(); i++) {
      int order = orders.get(i).compare(a.keys().get(i), b.keys().get(i));
      if (order != 0) {
        return order;
      }
    }
    return a.docId().compareTo(b.docId());
  }

  private static void add(
      CollectionVersion collection,
      IndexDescription index,
      StoredDocument document,
      int field,
      List<Key> keys,
      List<Entry> entries) {
    if (field == index.fields().size()) {
      entries.add(new Entry(List.copyOf(keys), document.docId()));
      return;
    }
    String name = index.fields().get(field).name();
    Value value = document.value(collection.place(name));
    for (Key key : keys(DocumentFilter.kind(collection, name), value)) {
      keys.add(key);
      add(collection, index, document, field + 1, keys, entries);
      keys.remove(keys.size() - 1);
    }
  }

  private static Set<Key> keys(FieldKind kind, Value value) {
    Set<Key> keys = new LinkedHashSet<>();
    if (kind == FieldKind.JSON) {
      if (!value.isNull()) {
        addLeaves(value, List.of(), keys);
      }
    } else if (kind.element() != null && value instanceof Value.Items items) {
      items.values().forEach(item -> keys.add(new Key(List.of(), item)));
    } else {
      keys.add(new Key(List.of(), value));
    }
    return keys;
  }

  /** Lists give their own leaves, not those of what is inside them. */
  private static void addLeaves(Value value, List<String> path, Set<Key> keys) {
    if (value instanceof Value.Fields fields) {
      fields.values().forEach((name, member) -> addLeaves(member, below(path, name), keys));
    } else if (value instanceof Value.Items items) {
      for (Value item : items.values()) {
        if (!(item instanceof Value.Items) && !(item instanceof Value.Fields)) {
          keys.add(new Key(below(path, ELEMENT), item));
        }
      }
    } else {
      keys.add(new Key(path, value));
    }
  }

  static List<String> below(List<String> path, String name) {
    List<String> longer = new ArrayList<>(path);
    longer.add(name);
    return List.copyOf(longer);
  }
}
