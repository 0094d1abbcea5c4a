package io.defradb.cli.command;

import org.jspecify.annotations.Nullable;

/** How many arguments a command takes. {@code text}: how help names them. */
public record Arguments(String text, int min, int max) {
  private static final int MANY = Integer.MAX_VALUE;

  /** Any number; what is too much is not looked at. */
  public static Arguments free(String text) {
    return new Arguments(text, 0, MANY);
  }

  /** None, and more is taken for a command that is not there. */
  public static Arguments none() {
    return new Arguments("", 0, 0);
  }

  public static Arguments exactly(int count, String text) {
    return new Arguments(text, count, count);
  }

  public static Arguments between(int min, int max, String text) {
    return new Arguments(text, min, max);
  }

  public static Arguments atLeast(int min, String text) {
    return new Arguments(text, min, MANY);
  }

  /** What is wrong with {@code given} arguments; {@code null}: nothing. */
  @Nullable String fault(int given) {
    if (given >= min && given <= max) {
      return null;
    }
    if (min == max) {
      return "accepts " + min + " arg(s), received " + given;
    }
    return max == MANY
        ? "requires at least " + min + " arg(s), only received " + given
        : "accepts between " + min + " and " + max + " arg(s), received " + given;
  }
}
