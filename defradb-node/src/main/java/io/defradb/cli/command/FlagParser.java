package io.defradb.cli.command;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Splits what was given into flags and arguments, and says what is wrong as the reference does:
 * {@code --name value}, {@code --name=value}, {@code -n value}, {@code -nvalue}, switches together
 * as {@code -ab}; after {@code --} only arguments.
 */
final class FlagParser {
  static final String HELP = "help";

  static final Flag HELP_FLAG = Flag.on(HELP, "help for this command").shortly('h');

  /** What was given. */
  record Parsed(List<String> arguments, Map<String, List<String>> flags) {}

  private final List<Flag> flags;
  private final List<String> given;
  private final List<String> arguments = new ArrayList<>();
  private final Map<String, List<String>> values = new HashMap<>();
  private int next;

  private FlagParser(List<Flag> flags, List<String> given) {
    this.flags = flags;
    this.given = given;
  }

  /** {@code flags}: those that apply; help always does. */
  static Parsed parse(List<Flag> flags, List<String> given) {
    List<Flag> all = new ArrayList<>(flags);
    all.add(HELP_FLAG);
    return new FlagParser(all, given).parse();
  }

  private Parsed parse() {
    while (next < given.size()) {
      String word = given.get(next++);
      if (word.equals("--")) {
        arguments.addAll(given.subList(next, given.size()));
        next = given.size();
      } else if (word.startsWith("--")) {
        readLong(word);
      } else if (word.startsWith("-") && word.length() > 1) {
        readShort(word);
      } else {
        arguments.add(word);
      }
    }
    return new Parsed(arguments, values);
  }

  private void readLong(String word) {
    int equals = word.indexOf('=');
    String name = equals < 0 ? word.substring(2) : word.substring(2, equals);
    Flag flag =
        flags.stream()
            .filter(it -> it.name().equals(name))
            .findFirst()
            .orElseThrow(() -> new CommandFault("unknown flag: --" + name));
    if (equals >= 0) {
      put(flag, word.substring(equals + 1));
    } else if (!flag.takesValue()) {
      put(flag, "true");
    } else {
      put(flag, nextWord("--" + name));
    }
  }

  private void readShort(String word) {
    for (int at = 1; at < word.length(); at++) {
      char letter = word.charAt(at);
      Flag flag =
          flags.stream()
              .filter(it -> it.letter() != null && it.letter() == letter)
              .findFirst()
              .orElseThrow(
                  () -> new CommandFault("unknown shorthand flag: '" + letter + "' in " + word));
      String rest = word.substring(at + 1);
      if (rest.startsWith("=")) {
        put(flag, rest.substring(1));
        return;
      }
      if (flag.takesValue()) {
        put(flag, rest.isEmpty() ? nextWord("'" + letter + "' in " + word) : rest);
        return;
      }
      put(flag, "true");
    }
  }

  private String nextWord(String flag) {
    if (next == given.size()) {
      throw new CommandFault("flag needs an argument: " + flag);
    }
    return given.get(next++);
  }

  private void put(Flag flag, String value) {
    String fault = FlagValues.fault(flag.kind(), value);
    if (fault != null) {
      String name = (flag.letter() == null ? "" : "-" + flag.letter() + ", ") + "--" + flag.name();
      throw new CommandFault(
          "invalid argument \"" + value + "\" for \"" + name + "\" flag: " + fault);
    }
    switch (flag.kind()) {
      case TEXT, SWITCH, NUMBER, DURATION -> values.put(flag.name(), List.of(value));
      case LIST, NUMBERS ->
          values
              .computeIfAbsent(flag.name(), none -> new ArrayList<>())
              .addAll(value.isEmpty() ? List.of() : List.of(value.split(",", -1)));
    }
  }
}
