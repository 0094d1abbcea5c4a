package io.defradb.document;

import java.util.Map;

/** Derives and checks DocIDs. */
public final class DocIds {
  private DocIds() {}

  /** The DocID of a new document; nulls in {@code fields} count as absent. */
  public static DocId derive(Map<String, Value> fields, FieldKinds kinds, String collectionRoot) {
    throw new UnsupportedOperationException();
  }

  /** The bytes that are hashed, before the root is appended. */
  public static byte[] documentCbor(Map<String, Value> fields, FieldKinds kinds) {
    throw new UnsupportedOperationException();
  }

  /** Checks the text; throws {@code INVALID_DOC_ID}. */
  public static DocId parse(String text) {
    throw new UnsupportedOperationException();
  }
}
