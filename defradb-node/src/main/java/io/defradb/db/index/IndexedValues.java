package io.defradb.db.index;

import io.defradb.document.FieldKind;
import io.defradb.document.Value;
import io.defradb.document.ValueCbor;
import io.defradb.multiformats.Bytes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What one field puts into an index: a scalar itself, a list each of its distinct elements, JSON
 * each of its leaves with their path; a list in it gives its own leaves, not those of what is
 * inside them. An unset JSON field makes no entry.
 */
final class IndexedValues {
  /** In a path: inside a list, at whatever position. */
  private static final String ELEMENT = "\u0000";

  private IndexedValues() {}

  static Set<Bytes> of(FieldKind kind, Bytes cbor) {
    FieldKind element = kind.element();
    if (kind != FieldKind.JSON && element == null) {
      return Set.of(cbor);
    }
    Set<Bytes> values = new LinkedHashSet<>();
    if (kind == FieldKind.JSON) {
      if (!cbor.equals(ValueCbor.NULL)) {
        leaves(ValueCbor.decode(kind, cbor), new ArrayList<>(), values);
      }
    } else if (element != null && ValueCbor.decode(kind, cbor) instanceof Value.Items items) {
      items.values().forEach(item -> values.add(Bytes.wrap(ValueCbor.encode(element, item))));
    } else {
      values.add(cbor);
    }
    return values;
  }

  /** Whether JSON holds a leaf twice at one path: elements of a list all have the same one. */
  static boolean isRepeating(Bytes json) {
    List<Bytes> all = new ArrayList<>();
    leaves(ValueCbor.decode(FieldKind.JSON, json), new ArrayList<>(), all);
    return Set.copyOf(all).size() < all.size();
  }

  /** The key of one value that is looked for. */
  static Bytes lookedFor(FieldKind kind, Value value) {
    FieldKind element = kind.element();
    if (kind == FieldKind.JSON) {
      return leaf(List.of(), value);
    }
    return Bytes.wrap(ValueCbor.encode(element == null ? kind : element, value));
  }

  private static void leaves(Value value, List<String> path, Collection<Bytes> values) {
    if (value instanceof Value.Fields fields) {
      fields
          .values()
          .forEach(
              (name, member) -> {
                path.add(name);
                leaves(member, path, values);
                path.remove(path.size() - 1);
              });
    } else if (value instanceof Value.Items items) {
      path.add(ELEMENT);
      for (Value item : items.values()) {
        if (!(item instanceof Value.Items) && !(item instanceof Value.Fields)) {
          values.add(leaf(path, item));
        }
      }
      path.remove(path.size() - 1);
    } else {
      values.add(leaf(path, value));
    }
  }

  private static Bytes leaf(List<String> path, Value value) {
    List<Value> parts = new ArrayList<>();
    path.forEach(name -> parts.add(new Value.Text(name)));
    parts.add(value);
    return Bytes.wrap(ValueCbor.encode(FieldKind.JSON, new Value.Items(parts)));
  }
}
