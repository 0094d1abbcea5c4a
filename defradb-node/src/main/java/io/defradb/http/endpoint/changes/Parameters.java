package io.defradb.http.endpoint.changes;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.http.HttpCall;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Query parameters of one call, checked; INVALID_ARGUMENT names what is wrong. */
record Parameters(HttpCall call) {

  /** {@code null} when it is not given or empty. */
  @Nullable String text(String name) {
    String value = call.query(name);
    return value == null || value.isEmpty() ? null : value;
  }

  String text(String name, String otherwise) {
    String value = text(name);
    return value == null ? otherwise : value;
  }

  long number(String name, long otherwise, long min, long max) {
    String value = text(name);
    if (value == null) {
      return otherwise;
    }
    try {
      long number = Long.parseLong(value);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw invalid(name, value, "a number from " + min + " to " + max);
    }
    throw invalid(name, value, "a number from " + min + " to " + max);
  }

  /** Separated by commas; empty when it is not given. */
  List<String> list(String name, int countMax) {
    String value = text(name);
    if (value == null) {
      return List.of();
    }
    var items = new ArrayList<String>();
    for (String item : value.split(",", -1)) {
      if (!item.isEmpty()) {
        items.add(item);
      }
    }
    if (items.size() > countMax) {
      throw invalid(name, Integer.toString(items.size()), "at most " + countMax + " items");
    }
    return items;
  }

  /** Names of constants in lower case, separated by commas. */
  <E extends Enum<E>> Set<E> constants(String name, Class<E> type, Set<E> otherwise) {
    List<String> items = list(name, Integer.MAX_VALUE);
    if (items.isEmpty()) {
      return otherwise;
    }
    var found = EnumSet.noneOf(type);
    for (String item : items) {
      found.add(constant(name, item, type));
    }
    return found;
  }

  static <E extends Enum<E>> E constant(String name, String item, Class<E> type) {
    for (E constant : type.getEnumConstants()) {
      if (constant.name().toLowerCase(Locale.ROOT).equals(item)) {
        return constant;
      }
    }
    throw invalid(name, item, "any of " + EnumSet.allOf(type).toString().toLowerCase(Locale.ROOT));
  }

  static DefraException invalid(String name, String value, String wanted) {
    return new DefraException(
        ErrorCode.INVALID_ARGUMENT, "parameter " + name + " must be " + wanted, "Given", value);
  }
}
