package io.defradb.query.filter;

import io.defradb.document.Value;
import java.util.List;

/**
 * {@code _any}, {@code _all} and {@code _none} over the elements of an array. What is no array, or
 * unset, matches none of the three; an empty one matches {@code _all} and {@code _none}.
 */
public enum ElementQuantifier {
  ANY("_any"),
  ALL("_all"),
  NONE("_none");

  private final String text;

  ElementQuantifier(String text) {
    this.text = text;
  }

  /** As written. */
  public String text() {
    return text;
  }

  ValueTest over(ValueTest element) {
    return value -> value instanceof Value.Items items && matches(items.values(), element);
  }

  private boolean matches(List<Value> elements, ValueTest test) {
    return switch (this) {
      case ANY -> has(elements, test, true);
      case ALL -> !has(elements, test, false);
      case NONE -> !has(elements, test, true);
    };
  }

  private static boolean has(List<Value> elements, ValueTest test, boolean isMatch) {
    for (Value element : elements) {
      if (test.matches(element) == isMatch) {
        return true;
      }
    }
    return false;
  }
}
