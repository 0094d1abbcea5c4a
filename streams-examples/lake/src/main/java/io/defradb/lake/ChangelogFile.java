package io.defradb.lake;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a file of a changelog says which offsets of its partition it holds, so that the files
 * themselves are the position to go on from: there is no second place that could disagree.
 */
record ChangelogFile(long first, long last) {
  private static final Pattern NAME = Pattern.compile("(\\d{20})-(\\d{20})\\.parquet");

  String name() {
    return String.format("%020d-%020d.parquet", first, last);
  }

  /** Null when {@code name} is no file of a changelog. */
  static @Nullable ChangelogFile parse(String name) {
    Matcher matcher = NAME.matcher(name);
    return matcher.matches()
        ? new ChangelogFile(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)))
        : null;
  }
}
