package io.defradb.client.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what somebody most likely meant by a mistyped name. */
public final class NearestName {
  private NearestName() {}

  /**
   * The known name with the fewest edits from {@code given}, at most a third of its length; ties by
   * name.
   */
  public static Optional<String> of(String given, Collection<String> known) {
    return known.stream()
        .filter(name -> distance(given, name) <= Math.max(1, given.length() / 3))
        .min(
            Comparator.<String>comparingInt(name -> distance(given, name))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** Levenshtein's distance: inserts, deletes and replacements of one character. */
  static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    int[] current = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
      }
      int[] done = previous;
      previous = current;
      current = done;
    }
    return previous[b.length()];
  }
}
