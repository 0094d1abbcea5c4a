package io.defradb.request;

import io.defradb.document.Value;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A change of documents and what to answer of them. Input maps hold the fields given, in the order
 * written, values coerced to the fields' kinds; an explicit null is {@code Value.NULL}.
 */
public sealed interface Mutation extends RootField {
  String collection();

  /** What to answer of each changed document. */
  List<Selection> selections();

  record Create(
      String responseName,
      String collection,
      List<Map<String, Value>> inputs,
      boolean isEncrypted,
      Set<String> encryptedFields,
      List<Selection> selections)
      implements Mutation {}

  /**
   * {@code docIds} and {@code filter} both null: every document. {@code input} null: nothing
   * changes.
   */
  record Update(
      String responseName,
      String collection,
      @Nullable List<String> docIds,
      @Nullable Filter filter,
      @Nullable Map<String, Value> input,
      List<Selection> selections)
      implements Mutation {}

  record Upsert(
      String responseName,
      String collection,
      Filter filter,
      Map<String, Value> create,
      Map<String, Value> update,
      List<Selection> selections)
      implements Mutation {}

  record Delete(
      String responseName,
      String collection,
      @Nullable List<String> docIds,
      @Nullable Filter filter,
      List<Selection> selections)
      implements Mutation {}
}
