package io.defradb.cli.config;

import io.defradb.cli.command.CommandFault;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The secret file: lines {@code KEY=value}, also {@code export KEY=value} and {@code KEY: value};
 * values plain, in single quotes (as they are) or double quotes (with {@code \n}, {@code \"});
 * {@code #} begins a comment.
 */
final class DotEnv {
  private DotEnv() {}

  static Map<String, String> parse(String text) {
    Map<String, String> variables = new LinkedHashMap<>();
    for (String line : text.split("\r?\n", -1)) {
      String assignment = line.strip();
      if (assignment.isEmpty() || assignment.startsWith("#")) {
        continue;
      }
      if (assignment.startsWith("export ")) {
        assignment = assignment.substring("export ".length()).strip();
      }
      int split = split(assignment);
      String name = split < 0 ? "" : assignment.substring(0, split).strip();
      if (!name.matches("[A-Za-z0-9_.]+")) {
        String near = assignment + "\n";
        throw new CommandFault(
            "unexpected character "
                + quoted(wrong(near))
                + " in variable name near "
                + quoted(text.substring(Math.max(0, text.indexOf(assignment)))));
      }
      variables.put(name, value(assignment.substring(split + 1).strip()));
    }
    return variables;
  }

  private static int split(String assignment) {
    for (int i = 0; i < assignment.length(); i++) {
      if (assignment.charAt(i) == '=' || assignment.charAt(i) == ':') {
        return i;
      }
    }
    return -1;
  }

  private static String value(String given) {
    if (given.length() >= 2 && given.startsWith("'")) {
      int end = given.indexOf('\'', 1);
      return end < 0 ? given : given.substring(1, end);
    }
    if (given.length() >= 2 && given.startsWith("\"")) {
      var value = new StringBuilder();
      for (int i = 1; i < given.length() && given.charAt(i) != '"'; i++) {
        char c = given.charAt(i);
        if (c == '\\' && i + 1 < given.length()) {
          i++;
          c = given.charAt(i) == 'n' ? '\n' : given.charAt(i) == 'r' ? '\r' : given.charAt(i);
        }
        value.append(c);
      }
      return value.toString();
    }
    int comment = given.indexOf(" #");
    return comment < 0 ? given : given.substring(0, comment).strip();
  }

  private static String wrong(String near) {
    for (int i = 0; i < near.length(); i++) {
      char c = near.charAt(i);
      if (!Character.isLetterOrDigit(c) && c != '_' && c != '.') {
        return String.valueOf(c);
      }
    }
    return near.substring(0, 1);
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
  }
}
