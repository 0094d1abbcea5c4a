package io.defradb.graphql.syntax;

import java.util.ArrayList;
import java.util.List;

/** Takes the indentation off a block string. GraphQL spec (October 2021), BlockStringValue. */
final class BlockString {
  private BlockString() {}

  static String value(String raw) {
    List<String> lines = new ArrayList<>(List.of(raw.split("\r\n|[\n\r]", -1)));
    int indent = Integer.MAX_VALUE;
    for (int i = 1; i < lines.size(); i++) {
      int leading = leadingBlanks(lines.get(i));
      if (leading < lines.get(i).length()) {
        indent = Math.min(indent, leading);
      }
    }
    for (int i = 1; i < lines.size() && indent < Integer.MAX_VALUE; i++) {
      String line = lines.get(i);
      if (line.length() >= indent) {
        lines.set(i, line.substring(indent));
      }
    }
    int from = 0;
    int to = lines.size();
    while (from < to && isBlank(lines.get(from))) {
      from++;
    }
    while (to > from && isBlank(lines.get(to - 1))) {
      to--;
    }
    return String.join("\n", lines.subList(from, to));
  }

  private static boolean isBlank(String line) {
    return leadingBlanks(line) == line.length();
  }

  private static int leadingBlanks(String line) {
    int count = 0;
    while (count < line.length() && (line.charAt(count) == ' ' || line.charAt(count) == '\t')) {
      count++;
    }
    return count;
  }
}
