package io.defradb.graphql.syntax;

import io.defradb.error.DefraException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A text that is not what it is meant to be. The message names the position, shows the lines around
 * it, a caret.
 */
public final class SyntaxFault extends DefraException {
  private static final long serialVersionUID = 1L;

  /** Longer lines are cut in the message, which a hostile text could otherwise blow up. */
  private static final int LINE_CHARS_MAX = 2_000;

  private SyntaxFault(Dialect dialect, String text) {
    super(dialect.code(), text);
  }

  /** {@code position}: in chars; lines and columns, these in bytes, count from 1. */
  static SyntaxFault at(Dialect dialect, String source, int position, String words) {
    int line = 1;
    int lineStart = 0;
    for (int i = 0; i < position && i < source.length(); i++) {
      if (isLineEnd(source, i)) {
        line++;
        lineStart = i + 1;
      }
    }
    int column = bytes(source, lineStart, position) + 1;
    String place = "Syntax Error " + dialect.title() + " (" + line + ":" + column + ") ";
    return new SyntaxFault(
        dialect, place + words + "\n\n" + excerpt(source, line, lineStart, column));
  }

  private static int bytes(String source, int from, int to) {
    int end = Math.min(to, source.length());
    int beyond = Math.max(to - source.length(), 0);
    return source.substring(from, Math.max(from, end)).getBytes(StandardCharsets.UTF_8).length
        + beyond;
  }

  private static boolean isLineEnd(String source, int at) {
    char c = source.charAt(at);
    boolean isPair = c == '\r' && at + 1 < source.length() && source.charAt(at + 1) == '\n';
    return c == '\n' || (c == '\r' && !isPair);
  }

  private static String excerpt(String source, int line, int lineStart, int column) {
    int width = Integer.toString(line + 1).length();
    var text = new StringBuilder();
    if (line >= 2) {
      appendLine(text, width, line - 1, source, startBefore(source, lineStart));
    }
    appendLine(text, width, line, source, lineStart);
    text.append(" ".repeat(Math.min(1 + width + column, LINE_CHARS_MAX))).append("^\n");
    int next = endOf(source, lineStart);
    if (next < source.length()) {
      boolean isPair = source.startsWith("\r\n", next);
      appendLine(text, width, line + 1, source, next + (isPair ? 2 : 1));
    }
    return text.toString();
  }

  private static int startBefore(String source, int lineStart) {
    int at = lineStart - 1;
    while (at > 0 && !isLineEnd(source, at - 1)) {
      at--;
    }
    return at;
  }

  private static int endOf(String source, int lineStart) {
    int at = lineStart;
    while (at < source.length() && source.charAt(at) != '\n' && source.charAt(at) != '\r') {
      at++;
    }
    return at;
  }

  private static void appendLine(
      StringBuilder text, int width, int number, String source, int start) {
    String label = Integer.toString(number);
    text.append(" ".repeat(width - label.length())).append(label).append(": ");
    int end = Math.min(endOf(source, start), start + LINE_CHARS_MAX);
    for (int i = start; i < end; i++) {
      char c = source.charAt(i);
      if (c < 0x20) {
        text.append(String.format(Locale.ROOT, "\\u%04X", (int) c));
      } else {
        text.append(c);
      }
    }
    text.append('\n');
  }
}
