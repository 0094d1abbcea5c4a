package io.defradb.cli.command;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which values a flag takes, and what the reference says of others. */
final class FlagValues {
  private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]+");
  private static final Pattern PART = Pattern.compile("([0-9]+[.]?[0-9]*|[.][0-9]+)(\\D*)");
  private static final Pattern DURATION =
      Pattern.compile("[+-]?(0|(([0-9]+[.]?[0-9]*|[.][0-9]+)(ns|us|µs|μs|ms|s|m|h))+)");

  private FlagValues() {}

  /** {@code null}: none. */
  static @Nullable String fault(Flag.Kind kind, String value) {
    return switch (kind) {
      case TEXT, LIST -> null;
      case SWITCH ->
          value.equals("true") || value.equals("false") ? null : notA("ParseBool", value);
      case NUMBER -> number("ParseInt", value);
      case NUMBERS -> {
        for (String one : value.split(",", -1)) {
          String fault = number("Atoi", one);
          if (fault != null) {
            yield fault;
          }
        }
        yield null;
      }
      case DURATION -> duration(value);
    };
  }

  private static @Nullable String number(String parser, String value) {
    if (!NUMBER.matcher(value).matches()) {
      return notA(parser, value);
    }
    try {
      Long.parseLong(value);
      return null;
    } catch (NumberFormatException tooLong) {
      return "strconv." + parser + ": parsing \"" + value + "\": value out of range";
    }
  }

  private static String notA(String parser, String value) {
    return "strconv." + parser + ": parsing \"" + value + "\": invalid syntax";
  }

  private static @Nullable String duration(String value) {
    if (DURATION.matcher(value).matches()) {
      return null;
    }
    var part = PART.matcher(value.replaceFirst("^[+-]", ""));
    if (!part.lookingAt()) {
      return "time: invalid duration \"" + value + "\"";
    }
    String unit = part.group(2).replaceFirst("[.]$", "");
    return unit.isEmpty()
        ? "time: missing unit in duration \"" + value + "\""
        : "time: unknown unit \"" + unit + "\" in duration \"" + value + "\"";
  }
}
