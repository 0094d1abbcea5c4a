package io.defradb.document;

import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A value of a field: what a document holds, a filter compares and an answer prints.
 *
 * <p>DateTime, Blob and ID are {@link Text}: their form is kept as written. Inside a JSON value
 * every number is a {@link Float64}. Absence is {@link Null}, never a Java null.
 */
public sealed interface Value {

  /** What a value is, for exhaustive switches. */
  enum Type {
    NULL,
    BOOL,
    INT,
    FLOAT64,
    FLOAT32,
    TEXT,
    LIST,
    MAP
  }

  Type type();

  boolean isNull();

  Null NULL = new Null();

  /**
   * Every value but {@link Null}. Apart, because an interface with a default method is initialized
   * with its classes: two threads could wait for each other over {@link #NULL}.
   */
  sealed interface Present extends Value {
    @Override
    default boolean isNull() {
      return false;
    }
  }

  record Null() implements Value {
    @Override
    public Type type() {
      return Type.NULL;
    }

    @Override
    public boolean isNull() {
      return true;
    }
  }

  record Bool(boolean value) implements Present {
    public static final Bool TRUE = new Bool(true);
    public static final Bool FALSE = new Bool(false);

    public static Bool of(boolean value) {
      return value ? TRUE : FALSE;
    }

    @Override
    public Type type() {
      return Type.BOOL;
    }
  }

  record Int(long value) implements Present {
    @Override
    public Type type() {
      return Type.INT;
    }
  }

  record Float64(double value) implements Present {
    @Override
    public Type type() {
      return Type.FLOAT64;
    }
  }

  record Float32(float value) implements Present {
    @Override
    public Type type() {
      return Type.FLOAT32;
    }
  }

  record Text(String value) implements Present {
    @Override
    public Type type() {
      return Type.TEXT;
    }
  }

  record Items(List<Value> values) implements Present {
    public Items {
      values = List.copyOf(values);
    }

    @Override
    public Type type() {
      return Type.LIST;
    }
  }

  /** An object, only ever inside a JSON value; keys in the order of their UTF-8 bytes. */
  record Fields(SortedMap<String, Value> values) implements Present {
    @Override
    public Type type() {
      return Type.MAP;
    }
  }

  static Value text(@Nullable String value) {
    return value == null ? NULL : new Text(value);
  }
}
