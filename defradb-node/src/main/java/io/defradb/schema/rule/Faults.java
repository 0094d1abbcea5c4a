package io.defradb.schema.rule;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * What rules found wrong, in the order found; a definition with many faults reports at most 100.
 */
final class Faults {
  private static final int REPORTED_MAX = 100;

  private final List<DefraException> found = new ArrayList<>();

  void add(String text) {
    add(new DefraException(ErrorCode.INVALID_SCHEMA, text));
  }

  void add(String text, String key, Object value) {
    add(new DefraException(ErrorCode.INVALID_SCHEMA, text, key, value));
  }

  void add(String text, String key, Object value, String key2, Object value2) {
    add(new DefraException(ErrorCode.INVALID_SCHEMA, text, key, value, key2, value2));
  }

  void add(
      String text,
      String key,
      Object value,
      String key2,
      Object value2,
      String key3,
      Object value3) {
    var context = new LinkedHashMap<String, Object>();
    context.put(key, value);
    context.put(key2, value2);
    context.put(key3, value3);
    add(new DefraException(ErrorCode.INVALID_SCHEMA, text, context, null));
  }

  void add(DefraException fault) {
    if (found.size() < REPORTED_MAX) {
      found.add(fault);
    }
  }

  /** Throws what was found: one fault as it is, several with a line each. */
  void throwAny() {
    if (found.size() == 1) {
      throw found.get(0);
    }
    if (!found.isEmpty()) {
      throw new DefraException(
          ErrorCode.INVALID_SCHEMA,
          String.join("\n", found.stream().map(DefraException::getMessage).toList()));
    }
  }
}
