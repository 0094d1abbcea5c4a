package io.defradb.request;

/** One field asked of an object, under its name in the answer. */
public sealed interface Selection
    permits Selection.Field, Select, CommitSelect, Aggregate, Similarity, TypeName {
  String responseName();

  /**
   * A value: a field of the collection, {@code _docID}, {@code _deleted}, or a field of a commit.
   */
  record Field(String responseName, String name) implements Selection {}
}
