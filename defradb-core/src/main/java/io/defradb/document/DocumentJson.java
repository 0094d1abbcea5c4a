package io.defradb.document;

import java.util.List;
import java.util.Map;

/** Documents as JSON texts, the way of the HTTP API and the CLI. */
public final class DocumentJson {
  private DocumentJson() {}

  /** One document: its fields in the order of the text. */
  public static Map<String, Value> parse(byte[] json, FieldKinds kinds) {
    throw new UnsupportedOperationException();
  }

  public static Map<String, Value> parse(String json, FieldKinds kinds) {
    throw new UnsupportedOperationException();
  }

  /** An array of documents. */
  public static List<Map<String, Value>> parseAll(byte[] json, FieldKinds kinds) {
    throw new UnsupportedOperationException();
  }

  /** One value of {@code kind}. */
  public static Value parseValue(FieldKind kind, byte[] json) {
    throw new UnsupportedOperationException();
  }

  /** Whether the text begins like an array. */
  public static boolean isArray(byte[] json) {
    throw new UnsupportedOperationException();
  }
}
