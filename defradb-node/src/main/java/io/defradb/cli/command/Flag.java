package io.defradb.cli.command;

import org.jspecify.annotations.Nullable;

/**
 * A flag of a command.
 *
 * @param letter the short form; {@code null}: none
 * @param initial the value in help when the flag is not given; empty: not shown
 */
public record Flag(
    String name, @Nullable Character letter, Kind kind, String summary, String initial) {

  /** What follows a flag. */
  public enum Kind {
    TEXT,
    /** Nothing, or {@code =true} and {@code =false}. */
    SWITCH,
    /** Values, separated by commas; may be repeated. */
    LIST
  }

  public static Flag text(String name, String summary) {
    return new Flag(name, null, Kind.TEXT, summary, "");
  }

  public static Flag on(String name, String summary) {
    return new Flag(name, null, Kind.SWITCH, summary, "");
  }

  public static Flag list(String name, String summary) {
    return new Flag(name, null, Kind.LIST, summary, "");
  }

  public Flag shortly(char shortForm) {
    return new Flag(name, shortForm, kind, summary, initial);
  }

  public Flag initially(String value) {
    return new Flag(name, letter, kind, summary, value);
  }

  boolean takesValue() {
    return kind != Kind.SWITCH;
  }
}
