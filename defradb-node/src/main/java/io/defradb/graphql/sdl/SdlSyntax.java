package io.defradb.graphql.sdl;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;

/** Makes the fault of a text that is no SDL: position, words, the lines around it, a caret. */
final class SdlSyntax {
  private SdlSyntax() {}

  /** {@code position}: in chars; the column counts from 1. */
  static DefraException fault(String source, int position, String words) {
    int line = 1;
    int lineStart = 0;
    for (int i = 0; i < position && i < source.length(); i++) {
      char c = source.charAt(i);
      boolean isPair = c == '\r' && i + 1 < source.length() && source.charAt(i + 1) == '\n';
      if (c == '\n' || (c == '\r' && !isPair)) {
        line++;
        lineStart = i + 1;
      }
    }
    int column = position - lineStart + 1;
    return new DefraException(
        ErrorCode.INVALID_SCHEMA,
        "Syntax Error GraphQL ("
            + line
            + ":"
            + column
            + ") "
            + words
            + "\n\n"
            + excerpt(source, line, column));
  }

  private static String excerpt(String source, int line, int column) {
    String[] lines = source.split("\r\n|[\n\r]", -1);
    int width = Integer.toString(line + 1).length();
    var text = new StringBuilder();
    if (line >= 2) {
      appendLine(text, width, line - 1, lines);
    }
    appendLine(text, width, line, lines);
    text.append(" ".repeat(1 + width + column)).append("^\n");
    if (line < lines.length) {
      appendLine(text, width, line + 1, lines);
    }
    return text.toString();
  }

  private static void appendLine(StringBuilder text, int width, int number, String[] lines) {
    String label = Integer.toString(number);
    text.append(" ".repeat(width - label.length())).append(label).append(": ");
    text.append(lines[number - 1]).append('\n');
  }
}
