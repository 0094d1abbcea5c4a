package io.defradb.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What stands behind {@code ?} in a request's target. As in the reference, a pair that is written
 * wrongly (an escape that is none, a semicolon) is passed over, and the others count.
 */
final class QueryText {
  private static final int PAIRS_MAX = 1024;

  private QueryText() {}

  /** Values by name, in the order of the text. Pairs beyond the bound are passed over. */
  static Map<String, List<String>> parse(String target) {
    int start = target.indexOf('?');
    if (start < 0 || start == target.length() - 1) {
      return Map.of();
    }
    var values = new LinkedHashMap<String, List<String>>();
    int pairs = 0;
    for (int at = start + 1; at <= target.length() && pairs < PAIRS_MAX; pairs++) {
      int end = target.indexOf('&', at);
      end = end < 0 ? target.length() : end;
      add(target.substring(at, end), values);
      at = end + 1;
    }
    return values;
  }

  /** Whether every escape of a path is one. */
  static boolean isWhole(String path) {
    return path.indexOf('%') < 0 || decode(path).isPresent();
  }

  private static void add(String pair, Map<String, List<String>> values) {
    if (pair.isEmpty() || pair.indexOf(';') >= 0) {
      return;
    }
    int equals = pair.indexOf('=');
    Optional<String> name = decode(equals < 0 ? pair : pair.substring(0, equals));
    Optional<String> value = decode(equals < 0 ? "" : pair.substring(equals + 1));
    if (name.isPresent() && value.isPresent()) {
      values.computeIfAbsent(name.get(), unused -> new ArrayList<>()).add(value.get());
    }
  }

  /** Nothing for an escape that is none. */
  private static Optional<String> decode(String text) {
    if (text.indexOf('%') < 0) {
      return Optional.of(text.replace('+', ' '));
    }
    byte[] given = text.getBytes(StandardCharsets.UTF_8);
    var bytes = new ByteArrayOutputStream(given.length);
    for (int at = 0; at < given.length; at++) {
      if (given[at] == '%') {
        int high = at + 2 < given.length ? Character.digit(given[at + 1], 16) : -1;
        int low = high < 0 ? -1 : Character.digit(given[at + 2], 16);
        if (low < 0) {
          return Optional.empty();
        }
        bytes.write(16 * high + low);
        at += 2;
      } else {
        bytes.write(given[at] == '+' ? ' ' : given[at]);
      }
    }
    return Optional.of(bytes.toString(StandardCharsets.UTF_8));
  }
}
