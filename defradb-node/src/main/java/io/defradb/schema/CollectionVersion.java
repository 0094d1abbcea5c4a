package io.defradb.schema;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One version of a collection as described on this node (data-model 4.5).
 *
 * @param fields {@code _docID} first, then as the description prints them
 * @param sources the version this one was patched from, or the query of a view
 * @param fieldNumbers what stored records call each field, by its place in {@code fields}; empty:
 *     the place itself. Of all versions of a collection a name has one number, and a number one
 *     name
 */
public record CollectionVersion(
    String name,
    String versionId,
    String collectionId,
    List<Source> sources,
    List<CollectionField> fields,
    List<IndexDescription> indexes,
    @Nullable Policy policy,
    boolean isActive,
    boolean isMaterialized,
    boolean isBranchable,
    boolean isEmbeddedOnly,
    List<VectorEmbedding> vectorEmbeddings,
    Schema schema,
    List<Integer> fieldNumbers) {

  public record Policy(String id, String resourceName) {}

  /** Where a version comes from. */
  public sealed interface Source {
    record Collection(String sourceCollectionId, @Nullable String transformJson) implements Source {
      /** The same with a lens. */
      public Collection withTransform(String newTransformJson) {
        return new Collection(sourceCollectionId, newTransformJson);
      }
    }

    /** A view: the query as JSON text, kept as it was given. */
    record Query(String queryJson, @Nullable String transformJson) implements Source {}

    /** A lens between the source and the version; null: none. */
    @Nullable String transformJson();
  }

  public record VectorEmbedding(
      String fieldName,
      List<String> fields,
      String provider,
      String model,
      String url,
      String template) {}

  public CollectionVersion {
    sources = List.copyOf(sources);
    fields = List.copyOf(fields);
    indexes = List.copyOf(indexes);
    vectorEmbeddings = List.copyOf(vectorEmbeddings);
    fieldNumbers = List.copyOf(fieldNumbers);
    if (!fieldNumbers.isEmpty() && fieldNumbers.size() != fields.size()) {
      throw new IllegalArgumentException("every field has a number, or none");
    }
  }

  /** One whose fields are not numbered yet. */
  public CollectionVersion(
      String name,
      String versionId,
      String collectionId,
      List<Source> sources,
      List<CollectionField> fields,
      List<IndexDescription> indexes,
      @Nullable Policy policy,
      boolean isActive,
      boolean isMaterialized,
      boolean isBranchable,
      boolean isEmbeddedOnly,
      List<VectorEmbedding> vectorEmbeddings,
      Schema schema) {
    this(
        name,
        versionId,
        collectionId,
        sources,
        fields,
        indexes,
        policy,
        isActive,
        isMaterialized,
        isBranchable,
        isEmbeddedOnly,
        vectorEmbeddings,
        schema,
        List.of());
  }

  /** What stored records call the field at a place. */
  public int fieldNumber(int place) {
    return fieldNumbers.isEmpty() ? place : fieldNumbers.get(place);
  }

  /** The place of the field with this number; -1: this version has none. */
  public int fieldPlace(int number) {
    if (!fieldNumbers.isEmpty()) {
      return fieldNumbers.indexOf(number);
    }
    return number < fields.size() ? number : -1;
  }

  /** The place of a field by name; -1: this version has none of that name. */
  public int place(String fieldName) {
    for (int place = 0; place < fields.size(); place++) {
      if (fields.get(place).name().equals(fieldName)) {
        return place;
      }
    }
    return -1;
  }

  public Optional<CollectionField> field(String fieldName) {
    int place = place(fieldName);
    return place < 0 ? Optional.empty() : Optional.of(fields.get(place));
  }

  /** Whether it is a query over others, or a part of what such a query answers. */
  public boolean isView() {
    return isEmbeddedOnly || query().isPresent();
  }

  /** Known only as an end of a migration, until its schema arrives. */
  public boolean isAwaited() {
    return schema.versionId().isEmpty();
  }

  /** The lens that leads to this version from its source; null: none. */
  public @Nullable String transformJson() {
    return sources.isEmpty() ? null : sources.get(0).transformJson();
  }

  /** Of a view: the query that it stands for. */
  public Optional<Source.Query> query() {
    for (Source source : sources) {
      if (source instanceof Source.Query query) {
        return Optional.of(query);
      }
    }
    return Optional.empty();
  }

  /** The same with other indexes. */
  public CollectionVersion withIndexes(List<IndexDescription> newIndexes) {
    return with(sources, newIndexes, isActive, fieldNumbers);
  }

  /** The same with other sources. */
  public CollectionVersion withSources(List<Source> newSources) {
    return with(newSources, indexes, isActive, fieldNumbers);
  }

  /** The same, active or not. */
  public CollectionVersion withActive(boolean isNowActive) {
    return with(sources, indexes, isNowActive, fieldNumbers);
  }

  /** The same, its fields numbered. */
  public CollectionVersion withFieldNumbers(List<Integer> newFieldNumbers) {
    return with(sources, indexes, isActive, newFieldNumbers);
  }

  private CollectionVersion with(
      List<Source> newSources,
      List<IndexDescription> newIndexes,
      boolean isNowActive,
      List<Integer> newFieldNumbers) {
    return new CollectionVersion(
        name,
        versionId,
        collectionId,
        newSources,
        fields,
        newIndexes,
        policy,
        isNowActive,
        isMaterialized,
        isBranchable,
        isEmbeddedOnly,
        vectorEmbeddings,
        schema,
        newFieldNumbers);
  }
}
