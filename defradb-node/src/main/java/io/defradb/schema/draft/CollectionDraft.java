package io.defradb.schema.draft;

import io.defradb.crdt.CrdtType;
import io.defradb.document.Value;
import io.defradb.schema.CollectionVersion;
import io.defradb.schema.IndexRequest;
import io.defradb.schema.SchemaFieldKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A type as a user wrote it, before it is completed, hashed and checked.
 *
 * @param fields as written, in order, without {@code _docID} and keys of relations
 * @param source of a view: its query; {@code null} for a collection
 */
public record CollectionDraft(
    String name,
    List<Field> fields,
    List<IndexRequest> indexes,
    CollectionVersion.@Nullable Policy policy,
    boolean isMaterialized,
    boolean isBranchable,
    boolean isEmbeddedOnly,
    List<CollectionVersion.VectorEmbedding> vectorEmbeddings,
    CollectionVersion.Source.@Nullable Query source) {

  public CollectionDraft {
    fields = List.copyOf(fields);
    indexes = List.copyOf(indexes);
    vectorEmbeddings = List.copyOf(vectorEmbeddings);
  }

  /**
   * A field as written.
   *
   * @param kind {@code Scalar} or {@code Named}
   * @param relationName of a relation, given or made from both names
   * @param isMarkedPrimary has {@code @primary}
   */
  public record Field(
      String name,
      SchemaFieldKind kind,
      CrdtType crdt,
      @Nullable String relationName,
      boolean isMarkedPrimary,
      @Nullable Value defaultValue,
      int sizeRequired) {}

  /** The same type as a view over {@code query}. */
  public CollectionDraft withSource(CollectionVersion.Source.Query query) {
    return new CollectionDraft(
        name,
        fields,
        indexes,
        policy,
        isMaterialized,
        isBranchable,
        isEmbeddedOnly,
        vectorEmbeddings,
        query);
  }
}
