package io.defradb.benchmarks.node;

/**
 * Documents of five fields, a function of their number: {@code age} is one of 100 integers, {@code
 * city} one of 100 names and {@code points} a float between 0 and 1, each spread evenly.
 */
final class People {
  private static final String FIELDS =
      "{ name: String age: Int points: Float verified: Boolean city: String }";

  private People() {}

  static String sdl(String collection) {
    return "type " + collection + " " + FIELDS;
  }

  /** A GraphQL input object. */
  static String input(long number) {
    return object(number, "");
  }

  static String json(long number) {
    return object(number, "\"");
  }

  private static String object(long number, String quote) {
    return "{"
        + quote
        + "name"
        + quote
        + ": \"Person "
        + number
        + "\", "
        + quote
        + "age"
        + quote
        + ": "
        + age(number)
        + ", "
        + quote
        + "points"
        + quote
        + ": "
        + points(number)
        + ", "
        + quote
        + "verified"
        + quote
        + ": "
        + (number % 2 == 0)
        + ", "
        + quote
        + "city"
        + quote
        + ": \"City "
        + number % 100
        + "\"}";
  }

  private static long age(long number) {
    return number / 100 % 100;
  }

  /** Never a whole number, so that every node writes it as a float. */
  private static double points(long number) {
    return (number * 7_919 % 1_000_003 + 0.5) / 1_000_003;
  }
}
