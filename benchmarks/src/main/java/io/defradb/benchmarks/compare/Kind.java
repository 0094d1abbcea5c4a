package io.defradb.benchmarks.compare;

import java.util.List;

/**
 * A kind of field: its name in SDL and the values, as GraphQL literals, that documents and filters
 * are made of. They are few, so that filters meet documents.
 */
enum Kind {
  BOOLEAN("Boolean", List.of("true", "false")),
  INT("Int", List.of("-7", "0", "1", "2", "3", "42", "2147483647", "-2147483648")),
  FLOAT("Float", List.of("-1.5", "0", "0.5", "1", "2", "3.25", "1e10", "0.1", "1e-7")),
  FLOAT32("Float32", List.of("-1.5", "0", "0.1", "1", "3.25", "16777216", "2.7")),
  STRING(
      "String",
      List.of(
          "\"\"",
          "\"a\"",
          "\"A\"",
          "\"b\"",
          "\"ab\"",
          "\"Ab\"",
          "\"abc\"",
          "\"a%c\"",
          "\"John\"",
          "\"ü\"",
          "\"q\\\"<&\"")),
  DATE_TIME(
      "DateTime",
      List.of(
          "\"2020-01-01T00:00:00Z\"",
          "\"2020-01-01T01:00:00+01:00\"",
          "\"2021-06-05T04:03:02.5Z\"",
          "\"1999-12-31T23:59:59.999999999Z\"",
          "\"2020-01-01T00:00:00.000Z\"")),
  BLOB("Blob", List.of("\"00\"", "\"ff\"", "\"FF\"", "\"00ff\"")),
  ID(
      "ID",
      List.of(
          "\"bae-6a4c5bc5-b044-5a03-a868-8260af6f2254\"",
          "\"bae-24d1c6b9-8e1f-5ef6-b19e-7d3e8bdb1ce6\"",
          "\"bae-0b7e2b1c-3d74-5b4f-8f7e-0c6b6cf0d9aa\"")),
  JSON("JSON", List.of("{a: 1}", "{a: \"x\", b: {c: 2}}", "{a: null}", "{}", "{a: 1.5}")),
  INTS("[Int]", List.of("[]", "[1]", "[1, 2]", "[null, 2]", "[3, 3, -7]")),
  INTS_SET("[Int!]", List.of("[]", "[1]", "[1, 2]", "[3, 3, -7]")),
  FLOATS("[Float]", List.of("[]", "[0.5]", "[1, 2.5]", "[null, 2]")),
  FLOATS_SET("[Float!]", List.of("[]", "[0.5]", "[1, 2.5]", "[3, 3, -7]")),
  FLOATS32_SET("[Float32!]", List.of("[]", "[0.5]", "[1, 2.7]", "[3, 3, -7]")),
  BOOLEANS("[Boolean]", List.of("[]", "[true]", "[false, null]")),
  BOOLEANS_SET("[Boolean!]", List.of("[]", "[true]", "[false, true]")),
  STRINGS("[String]", List.of("[]", "[\"a\"]", "[\"b\", null]", "[\"\", \"Ab\", \"ab\"]")),
  STRINGS_SET("[String!]", List.of("[]", "[\"a\"]", "[\"b\", \"a\"]"));

  private final String sdl;
  private final List<String> samples;

  Kind(String sdl, List<String> samples) {
    this.sdl = sdl;
    this.samples = samples;
  }

  String sdl() {
    return sdl;
  }

  List<String> samples() {
    return samples;
  }

  boolean isList() {
    return sdl.startsWith("[");
  }

  boolean isNumber() {
    return this == INT || this == FLOAT || this == FLOAT32;
  }

  boolean isNumbers() {
    return isList() && element().isNumber();
  }

  /** What a list holds; a kind that is no list is its own element. */
  Kind element() {
    return switch (this) {
      case INTS, INTS_SET -> INT;
      case FLOATS, FLOATS_SET -> FLOAT;
      case FLOATS32_SET -> FLOAT32;
      case BOOLEANS, BOOLEANS_SET -> BOOLEAN;
      case STRINGS, STRINGS_SET -> STRING;
      default -> this;
    };
  }

  /** Operators on one value of this kind. */
  List<String> operators() {
    return switch (this) {
      case INT, FLOAT, FLOAT32, DATE_TIME ->
          List.of("_eq", "_ne", "_gt", "_ge", "_lt", "_le", "_in", "_nin");
      case STRING, BLOB ->
          List.of("_eq", "_ne", "_in", "_nin", "_like", "_nlike", "_ilike", "_nilike");
      case JSON -> List.of("_eq", "_ne", "_in", "_nin");
      default -> isList() ? List.of("_any", "_all", "_none") : List.of("_eq", "_ne", "_in", "_nin");
    };
  }
}
