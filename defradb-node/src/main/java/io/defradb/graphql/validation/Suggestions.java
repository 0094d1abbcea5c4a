package io.defradb.graphql.validation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** The names that someone who wrote another one may have meant. */
public final class Suggestions {
  private static final int SHOWN_MAX = 5;

  /** The work grows with the product of both lengths: longer names get no suggestion. */
  private static final int NAME_CHARS_MAX = 200;

  private record Near(String name, int distance) {}

  private Suggestions() {}

  /** {@code Did you mean "a", "b", or "c"?}, nearest first; empty when nothing is near. */
  public static String didYouMean(String written, Collection<String> names) {
    List<String> near = near(written, names);
    if (near.isEmpty()) {
      return "";
    }
    String last = near.get(near.size() - 1);
    String list =
        switch (near.size()) {
          case 1 -> last;
          case 2 -> near.get(0) + " or " + last;
          default -> String.join(", ", near.subList(0, near.size() - 1)) + ", or " + last;
        };
    return " Did you mean " + list + "?";
  }

  private static List<String> near(String written, Collection<String> names) {
    if (written.length() > NAME_CHARS_MAX) {
      return List.of();
    }
    var near = new ArrayList<Near>();
    for (String name : names) {
      int tolerated = Math.max(1, Math.max(written.length() / 2, name.length() / 2));
      if (Math.abs(written.length() - name.length()) <= tolerated) {
        int distance = distance(written, name);
        if (distance <= tolerated) {
          near.add(new Near(name, distance));
        }
      }
    }
    near.sort(Comparator.comparingInt(Near::distance).thenComparing(Near::name));
    return near.stream().limit(SHOWN_MAX).map(it -> '"' + it.name() + '"').toList();
  }

  /** Insertions, deletions and substitutions that turn {@code a} into {@code b}. */
  private static int distance(String a, String b) {
    int[] above = new int[b.length() + 1];
    int[] row = new int[b.length() + 1];
    for (int k = 0; k <= b.length(); k++) {
      above[k] = k;
    }
    for (int i = 1; i <= a.length(); i++) {
      row[0] = i;
      for (int k = 1; k <= b.length(); k++) {
        int substituted = above[k - 1] + (a.charAt(i - 1) == b.charAt(k - 1) ? 0 : 1);
        row[k] = Math.min(substituted, Math.min(above[k], row[k - 1]) + 1);
      }
      int[] spent = above;
      above = row;
      row = spent;
    }
    return above[b.length()];
  }
}
