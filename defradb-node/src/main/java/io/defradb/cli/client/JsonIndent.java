package io.defradb.cli.client;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Indents JSON by two blanks a level without touching anything else: keys, numbers and escapes come
 * out as the node wrote them.
 */
final class JsonIndent {
  private JsonIndent() {}

  /** {@code json}: one value. Answers it with a final newline. */
  static byte[] indent(byte[] json) {
    var out = new ByteArrayOutputStream(json.length * 2);
    int depth = 0;
    boolean isText = false;
    for (int i = 0; i < json.length; i++) {
      byte b = json[i];
      if (isText) {
        out.write(b);
        if (b == '\\' && i + 1 < json.length) {
          out.write(json[++i]);
        } else if (b == '"') {
          isText = false;
        }
        continue;
      }
      switch (b) {
        case ' ', '\n', '\r', '\t' -> {}
        case '"' -> {
          isText = true;
          out.write(b);
        }
        case '{', '[' -> {
          int next = skipBlanks(json, i + 1);
          out.write(b);
          if (next < json.length && (json[next] == '}' || json[next] == ']')) {
            out.write(json[next]);
            i = next;
          } else {
            newLine(out, ++depth);
          }
        }
        case '}', ']' -> {
          newLine(out, --depth);
          out.write(b);
        }
        case ',' -> {
          out.write(b);
          newLine(out, depth);
        }
        case ':' -> {
          out.write(b);
          out.write(' ');
        }
        default -> out.write(b);
      }
    }
    out.write('\n');
    return out.toByteArray();
  }

  private static int skipBlanks(byte[] json, int from) {
    int at = from;
    while (at < json.length && " \n\r\t".indexOf(json[at]) >= 0) {
      at++;
    }
    return at;
  }

  private static void newLine(ByteArrayOutputStream out, int depth) {
    out.writeBytes(("\n" + "  ".repeat(Math.max(depth, 0))).getBytes(StandardCharsets.US_ASCII));
  }
}
