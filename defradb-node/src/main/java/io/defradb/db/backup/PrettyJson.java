package io.defradb.db.backup;

/**
 * Spreads compact JSON over lines, two blanks a level, the way Go's {@code json.Indent} does: an
 * empty list or object stays on its line.
 */
final class PrettyJson {
  private PrettyJson() {}

  /** Every line but the first begins with {@code level} times two blanks, at least. */
  static String spread(String json, int level) {
    var out = new StringBuilder(json.length() * 2);
    int depth = level;
    boolean isInText = false;
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (isInText) {
        out.append(c);
        if (c == '\\') {
          out.append(json.charAt(++i));
        } else if (c == '"') {
          isInText = false;
        }
        continue;
      }
      switch (c) {
        case '"' -> {
          isInText = true;
          out.append(c);
        }
        case '{', '[' -> {
          out.append(c);
          char next = json.charAt(i + 1);
          if (next == '}' || next == ']') {
            out.append(next);
            i++;
          } else {
            newLine(out, ++depth);
          }
        }
        case '}', ']' -> {
          newLine(out, --depth);
          out.append(c);
        }
        case ',' -> {
          out.append(c);
          newLine(out, depth);
        }
        case ':' -> out.append(": ");
        default -> out.append(c);
      }
    }
    return out.toString();
  }

  private static void newLine(StringBuilder out, int depth) {
    out.append('\n').append("  ".repeat(depth));
  }
}
