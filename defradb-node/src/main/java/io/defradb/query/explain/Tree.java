package io.defradb.query.explain;

import io.defradb.document.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Objects and lists of an explanation, in the making. */
final class Tree {
  private final TreeMap<String, Value> members = new TreeMap<>();

  /** An object with one member. */
  static Value of(String name, Value value) {
    return new Tree().with(name, value).done();
  }

  static Value texts(List<String> texts) {
    var values = new ArrayList<Value>(texts.size());
    for (String text : texts) {
      values.add(new Value.Text(text));
    }
    return new Value.Items(values);
  }

  /** Null when there is no list. */
  static Value textsOrNull(@Nullable List<String> texts) {
    return texts == null ? Value.NULL : texts(texts);
  }

  static Value orZero(@Nullable Long number) {
    return new Value.Int(number == null ? 0 : number);
  }

  /** Null for 0, too. */
  static Value orNull(@Nullable Long number) {
    return number == null || number == 0 ? Value.NULL : new Value.Int(number);
  }

  Tree with(String name, Value value) {
    members.put(name, value);
    return this;
  }

  /** Only when {@code isWanted}. */
  Tree with(boolean isWanted, String name, Value value) {
    return isWanted ? with(name, value) : this;
  }

  /** The members of another object too. */
  Tree withAll(Value object) {
    ((Value.Fields) object).values().forEach(this::with);
    return this;
  }

  Value done() {
    return new Value.Fields(new TreeMap<>(members));
  }
}
