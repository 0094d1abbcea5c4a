package io.defradb.cli.command;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Flags as help shows them: names in one column, what they mean in the next, wrapped. */
final class FlagTable {
  private static final int MEANING_AT = 29;
  private static final int WIDTH = 140;

  private FlagTable() {}

  static String of(List<Flag> flags) {
    List<Flag> sorted = new ArrayList<>(flags);
    sorted.sort(Comparator.comparing(Flag::name));
    var text = new StringBuilder();
    for (Flag flag : sorted) {
      write(flag, text);
    }
    return text.toString();
  }

  private static void write(Flag flag, StringBuilder text) {
    var line = new StringBuilder();
    line.append(flag.letter() == null ? "      " : "  -" + flag.letter() + ", ");
    line.append("--").append(flag.name());
    switch (flag.kind()) {
      case TEXT -> line.append("=string");
      case LIST -> line.append("=strings");
      case SWITCH -> {}
    }
    if (line.length() >= MEANING_AT) {
      text.append(line).append('\n');
      line.setLength(0);
    }
    String shown = flag.initial().isEmpty() ? "" : " (default " + flag.initial() + ")";
    for (String word : (flag.summary() + shown).split(" ")) {
      if (line.length() < MEANING_AT) {
        line.append(" ".repeat(MEANING_AT - line.length()));
      } else if (line.length() + 1 + word.length() > WIDTH) {
        text.append(line).append('\n');
        line.setLength(0);
        line.append(" ".repeat(MEANING_AT));
      } else {
        line.append(' ');
      }
      line.append(word);
    }
    text.append(line).append('\n');
  }
}
