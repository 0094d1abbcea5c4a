package io.defradb.cli.config;

import io.defradb.cli.command.CommandFault;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The secret file: {@code KEY=value}, {@code export KEY=value} and {@code KEY: value}, {@code #}
 * begins a comment. A value is plain, to the end of its line; in single quotes, as it is; or in
 * double quotes, with {@code \n} and {@code \"}. Quoted ones may go over several lines, and all but
 * those in single quotes have {@code $NAME} and {@code ${NAME}} replaced by what stands above, or
 * by nothing: secrets are what the reference makes of the same file.
 */
final class DotEnv {
  private static final String BLANKS = "\t\u000b\f\r \u0085\u00a0";
  private static final Pattern VARIABLE = Pattern.compile("(\\\\)?\\$(\\()?\\{?([A-Z0-9_]+)?}?");

  private final String text;
  private final Map<String, String> variables = new LinkedHashMap<>();
  private int at;

  private DotEnv(String text) {
    this.text = text;
  }

  static Map<String, String> parse(String text) {
    var file = new DotEnv(text.replace("\r\n", "\n"));
    while (file.findAssignment()) {
      String name = file.name();
      file.variables.put(name, file.value());
    }
    file.variables.remove(""); // a line without a name says nothing
    return file.variables;
  }

  /** Leaves blanks, empty lines and comments behind. */
  private boolean findAssignment() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '#') {
        at = lineEnd();
      } else if (c == '\n' || isBlank(c)) {
        at++;
      } else {
        return true;
      }
    }
    return false;
  }

  private String name() {
    if (text.startsWith("export", at) && at + 6 < text.length() && isBlank(text.charAt(at + 6))) {
      at += 6;
      skipBlanks();
    }
    int start = at;
    for (int i = at; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '=' || c == ':') {
        at = i + 1;
        skipBlanks();
        return text.substring(start, i).strip();
      }
      if (!isBlank(c) && !Character.isLetterOrDigit(c) && c != '_' && c != '.') {
        throw new CommandFault(
            "unexpected character "
                + quoted(String.valueOf(c))
                + " in variable name near "
                + quoted(text.substring(start)));
      }
    }
    return "";
  }

  private String value() {
    char quote = at < text.length() ? text.charAt(at) : '\n';
    if (quote != '"' && quote != '\'') {
      String line = text.substring(at, lineEnd());
      at = lineEnd();
      return expanded(withoutComment(line));
    }
    int end = at + 1;
    while (end < text.length() && (text.charAt(end) != quote || text.charAt(end - 1) == '\\')) {
      end++;
    }
    if (end == text.length()) {
      throw new CommandFault("unterminated quoted value " + text.substring(at, lineEnd()));
    }
    String value = text.substring(at, end).replaceAll("^" + quote + "+|" + quote + "+$", "");
    at = end + 1;
    return quote == '\'' ? value : expanded(unescaped(value));
  }

  private static String withoutComment(String line) {
    for (int i = line.length() - 1; i > 0; i--) {
      if (line.charAt(i) == '#' && isBlank(line.charAt(i - 1))) {
        return trimmed(line.substring(0, i));
      }
    }
    return trimmed(line);
  }

  private static String trimmed(String line) {
    int start = 0;
    int end = line.length();
    while (start < end && isBlank(line.charAt(start))) {
      start++;
    }
    while (end > start && isBlank(line.charAt(end - 1))) {
      end--;
    }
    return line.substring(start, end);
  }

  /** A backslash before a dollar stays for {@link #expanded}. */
  private static String unescaped(String value) {
    var plain = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      char next = i + 1 < value.length() ? value.charAt(i + 1) : '$';
      if (c != '\\' || next == '$') {
        plain.append(c);
      } else {
        plain.append(next == 'n' ? '\n' : next == 'r' ? '\r' : next);
        i++;
      }
    }
    return plain.toString();
  }

  private String expanded(String value) {
    return VARIABLE
        .matcher(value)
        .replaceAll(
            found -> {
              if (found.group(1) != null) {
                return Matcher.quoteReplacement(found.group().substring(1));
              }
              return Matcher.quoteReplacement(
                  found.group(3) == null
                      ? found.group()
                      : variables.getOrDefault(found.group(3), ""));
            });
  }

  private int lineEnd() {
    int end = text.indexOf('\n', at);
    return end < 0 ? text.length() : end;
  }

  private void skipBlanks() {
    while (at < text.length() && isBlank(text.charAt(at))) {
      at++;
    }
  }

  private static boolean isBlank(char c) {
    return BLANKS.indexOf(c) >= 0;
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
  }
}
