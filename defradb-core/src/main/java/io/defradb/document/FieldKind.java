package io.defradb.document;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of values a scalar or list field holds, with their numbers in descriptions and hashed
 * schema texts (data-model specification, section 2). Relations are not here: see {@code
 * schema.SchemaFieldKind}.
 */
public enum FieldKind {
  ID(1, "ID", null, false),
  BOOLEAN(2, "Boolean", null, false),
  BOOLEAN_ARRAY(3, "[Boolean!]", BOOLEAN, false),
  INT(4, "Int", null, false),
  INT_ARRAY(5, "[Int!]", INT, false),
  FLOAT64(6, "Float64", null, false),
  FLOAT64_ARRAY(7, "[Float64!]", FLOAT64, false),
  FLOAT32(8, "Float32", null, false),
  FLOAT32_ARRAY(9, "[Float32!]", FLOAT32, false),
  DATE_TIME(10, "DateTime", null, false),
  STRING(11, "String", null, false),
  STRING_ARRAY(12, "[String!]", STRING, false),
  BLOB(13, "Blob", null, false),
  JSON(14, "JSON", null, false),
  NILLABLE_BOOLEAN_ARRAY(18, "[Boolean]", BOOLEAN, true),
  NILLABLE_INT_ARRAY(19, "[Int]", INT, true),
  NILLABLE_FLOAT64_ARRAY(20, "[Float64]", FLOAT64, true),
  NILLABLE_STRING_ARRAY(21, "[String]", STRING, true),
  NILLABLE_FLOAT32_ARRAY(22, "[Float32]", FLOAT32, true);

  private static final Map<Integer, FieldKind> BY_NUMBER = new HashMap<>();
  private static final Map<String, FieldKind> BY_SDL = new HashMap<>();

  static {
    for (FieldKind kind : values()) {
      BY_NUMBER.put(kind.number, kind);
      BY_SDL.put(kind.sdl, kind);
    }
    BY_SDL.put("Float", FLOAT64);
    BY_SDL.put("[Float!]", FLOAT64_ARRAY);
    BY_SDL.put("[Float]", NILLABLE_FLOAT64_ARRAY);
  }

  private final int number;
  private final String sdl;
  private final @Nullable FieldKind element;
  private final boolean hasNillableElements;

  FieldKind(int number, String sdl, @Nullable FieldKind element, boolean hasNillableElements) {
    this.number = number;
    this.sdl = sdl;
    this.element = element;
    this.hasNillableElements = hasNillableElements;
  }

  /** The number in schema texts and descriptions. */
  public int number() {
    return number;
  }

  /** The canonical type text: {@code Float64}, never {@code Float}. */
  public String sdl() {
    return sdl;
  }

  public boolean isArray() {
    return element != null;
  }

  /** The kind of a list's elements; {@code null} for what is no list. */
  public @Nullable FieldKind element() {
    return element;
  }

  /** True for {@code [T]}, false for {@code [T!]} and for what is no list. */
  public boolean hasNillableElements() {
    return hasNillableElements;
  }

  public static @Nullable FieldKind byNumber(int number) {
    return BY_NUMBER.get(number);
  }

  /** {@code sdl}: as written in a schema, {@code Float} and {@code Float64} alike. */
  public static @Nullable FieldKind bySdl(String sdl) {
    return BY_SDL.get(sdl);
  }
}
