package io.defradb.document;

/** Writes JSON the way of the HTTP API into a growing array; puts the commas itself. One thread. */
public final class JsonWriter {
  public JsonWriter() {}

  public JsonWriter beginObject() {
    throw new UnsupportedOperationException();
  }

  public JsonWriter endObject() {
    throw new UnsupportedOperationException();
  }

  public JsonWriter beginArray() {
    throw new UnsupportedOperationException();
  }

  public JsonWriter endArray() {
    throw new UnsupportedOperationException();
  }

  /** A member's name; its value follows. */
  public JsonWriter name(String name) {
    throw new UnsupportedOperationException();
  }

  public JsonWriter string(String text) {
    throw new UnsupportedOperationException();
  }

  public JsonWriter number(long number) {
    throw new UnsupportedOperationException();
  }

  public JsonWriter number(double number) {
    throw new UnsupportedOperationException();
  }

  public JsonWriter number(float number) {
    throw new UnsupportedOperationException();
  }

  public JsonWriter bool(boolean value) {
    throw new UnsupportedOperationException();
  }

  public JsonWriter nullValue() {
    throw new UnsupportedOperationException();
  }

  public JsonWriter value(Value value) {
    throw new UnsupportedOperationException();
  }

  /** Prints value CBOR without making a {@link Value}. */
  public JsonWriter writeCbor(FieldKind kind, byte[] cbor, int offset, int length) {
    throw new UnsupportedOperationException();
  }

  /** A whole JSON value, already written elsewhere. */
  public JsonWriter raw(byte[] json, int offset, int length) {
    throw new UnsupportedOperationException();
  }

  public int length() {
    throw new UnsupportedOperationException();
  }

  /** The array behind it, valid up to {@link #length()} and until the next write. */
  public byte[] unsafeArray() {
    throw new UnsupportedOperationException();
  }

  public byte[] toBytes() {
    throw new UnsupportedOperationException();
  }

  /** Empties it and keeps the room. */
  public void reset() {
    throw new UnsupportedOperationException();
  }
}
