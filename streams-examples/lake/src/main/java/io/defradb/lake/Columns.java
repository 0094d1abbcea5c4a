package io.defradb.lake;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * SQL types by column name, as the schema beside an event says them: {@code boolean}, {@code
 * int64}, {@code double}, {@code float}, {@code string} and arrays of these. Texts that are zoned
 * times become {@code TIMESTAMPTZ}; JSON stays text, every digit kept.
 */
record Columns(Map<String, String> types) {
  private static final String ZONED_TIMESTAMP = "io.debezium.time.ZonedTimestamp";

  /** {@code schema}: a struct schema as Connect's JsonConverter writes it. */
  static Columns of(JsonNode schema) {
    Map<String, String> types = new LinkedHashMap<>();
    for (JsonNode field : schema.path("fields")) {
      types.put(field.path("field").asText(), type(field));
    }
    return new Columns(types);
  }

  /** False when a column of both has two types: such rows cannot share a file. */
  boolean fitsWith(Columns other) {
    return other.types.entrySet().stream()
        .allMatch(
            column ->
                types.getOrDefault(column.getKey(), column.getValue()).equals(column.getValue()));
  }

  /** These columns, then what {@code other} has beyond them. */
  Columns and(Columns other) {
    if (types.keySet().containsAll(other.types.keySet())) {
      return this;
    }
    Map<String, String> both = new LinkedHashMap<>(types);
    both.putAll(other.types);
    return new Columns(both);
  }

  /** As the {@code columns} argument of DuckDB's {@code read_json}. */
  String toSql() {
    var sql = new StringBuilder("{");
    types.forEach(
        (name, type) ->
            sql.append(sql.length() > 1 ? ", " : "")
                .append(Sql.name(name))
                .append(": ")
                .append(Sql.text(type)));
    return sql.append('}').toString();
  }

  private static String type(JsonNode schema) {
    String type = schema.path("type").asText();
    return switch (type) {
      case "boolean" -> "BOOLEAN";
      case "int8", "int16", "int32" -> "INTEGER";
      case "int64" -> "BIGINT";
      case "float" -> "FLOAT";
      case "double" -> "DOUBLE";
      case "string" ->
          schema.path("name").asText().equals(ZONED_TIMESTAMP) ? "TIMESTAMPTZ" : "VARCHAR";
      case "array" -> type(schema.path("items")) + "[]";
      default ->
          throw new LakeException(
              "The field "
                  + schema.path("field")
                  + " has the type "
                  + type
                  + ", which has no column",
              null);
    };
  }
}
