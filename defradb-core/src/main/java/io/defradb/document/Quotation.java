package io.defradb.document;

/** Text in double quotes as Go's {@code %q} writes it: the form of error texts. */
public final class Quotation {
  private Quotation() {}

  public static String of(String text) {
    var out = new StringBuilder(text.length() + 2).append('"');
    text.codePoints().forEach(point -> append(out, point));
    return out.append('"').toString();
  }

  private static void append(StringBuilder out, int point) {
    switch (point) {
      case '"', '\\' -> out.append('\\').append((char) point);
      case 0x07 -> out.append("\\a");
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case 0x0b -> out.append("\\v");
      default -> {
        if (point < ' ' || point == 0x7f) {
          out.append("\\x").append(Character.forDigit(point >> 4, 16));
          out.append(Character.forDigit(point & 15, 16));
        } else {
          out.appendCodePoint(point);
        }
      }
    }
  }
}
