package io.defradb.benchmarks.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes a request wrong in one place. */
final class Faults {
  private static final Pattern WORD = Pattern.compile("\"[^\"]*\"|[A-Za-z_0-9.-]+|[{}()\\[\\]:,]");
  private static final List<String> OTHERS =
      List.of(
          "1", "\"a\"", "null", "{}", "[]", "nothing", "true", "_eq", "key", "{", ")", "$v", "1.5",
          "@x");

  private Faults() {}

  static String in(String request, Chance chance) {
    List<int[]> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(request);
    while (matcher.find()) {
      words.add(new int[] {matcher.start(), matcher.end()});
    }
    int[] word = chance.pick(words);
    String before = request.substring(0, word[0]);
    String after = request.substring(word[1]);
    String text = request.substring(word[0], word[1]);
    return before
        + switch (chance.below(4)) {
          case 0 -> "";
          case 1 -> text + " " + text;
          case 2 -> text.length() > 1 && Character.isLetter(text.charAt(0)) ? text + "x" : "x";
          default -> chance.pick(OTHERS);
        }
        + after;
  }
}
