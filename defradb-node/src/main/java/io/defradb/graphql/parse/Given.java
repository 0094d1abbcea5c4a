package io.defradb.graphql.parse;

import io.defradb.document.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What was given for an argument, coerced to its type. */
public sealed interface Given {
  /** A scalar, a JSON value, a null; a value of an enum is its name. */
  record One(Value value) implements Given {
    public static final Given NULL = new One(Value.NULL);
  }

  record Many(List<Given> items) implements Given {}

  /** An input object: only what was given, in the order written. */
  record Members(Map<String, Given> values) implements Given {}

  default boolean isNull() {
    return this instanceof One one && one.value().isNull();
  }

  /** As a field's value: lists become lists; an object is one of JSON. */
  default Value value() {
    if (this instanceof Many many) {
      List<Value> values = new ArrayList<>(many.items().size());
      many.items().forEach(it -> values.add(it.value()));
      return new Value.Items(values);
    }
    if (this instanceof Members members) {
      var values = new TreeMap<String, Value>();
      members.values().forEach((name, it) -> values.put(name, it.value()));
      return new Value.Fields(values);
    }
    return ((One) this).value();
  }

  /** The members of an object, of JSON too; empty for all else. */
  default Map<String, Given> members() {
    if (this instanceof Members members) {
      return members.values();
    }
    if (this instanceof One one && one.value() instanceof Value.Fields fields) {
      var members = new LinkedHashMap<String, Given>();
      fields.values().forEach((name, value) -> members.put(name, new One(value)));
      return members;
    }
    return Map.of();
  }

  /** The elements of a list, of JSON too; anything else that is not null is a list of one. */
  default List<Given> items() {
    if (this instanceof Many many) {
      return many.items();
    }
    if (this instanceof One one && one.value() instanceof Value.Items items) {
      return items.values().stream().<Given>map(One::new).toList();
    }
    return isNull() ? List.of() : List.of(this);
  }

  default boolean isObject() {
    return this instanceof Members
        || (this instanceof One one && one.value() instanceof Value.Fields);
  }

  /** The text of a scalar or enum; empty for all else. */
  default String text() {
    return this instanceof One one && one.value() instanceof Value.Text text ? text.value() : "";
  }
}
