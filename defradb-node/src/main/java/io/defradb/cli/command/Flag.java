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
    LIST,
    /** A whole number. */
    NUMBER,
    /** Whole numbers, separated by commas; may be repeated. */
    NUMBERS,
    /** As {@code 1h2m3.5s}. */
    DURATION
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

  public static Flag number(String name, String summary) {
    return new Flag(name, null, Kind.NUMBER, summary, "");
  }

  public static Flag numbers(String name, String summary) {
    return new Flag(name, null, Kind.NUMBERS, summary, "");
  }

  public static Flag duration(String name, String summary) {
    return new Flag(name, null, Kind.DURATION, summary, "");
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
