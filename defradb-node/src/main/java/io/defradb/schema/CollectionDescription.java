package io.defradb.schema;

import io.defradb.document.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What users see of a collection version, and what a patch of collections works on (data-model
 * 4.5): less than the version itself, and not always valid.
 */
public record CollectionDescription(
    String name,
    String versionId,
    String collectionId,
    List<CollectionVersion.Source> sources,
    List<Field> fields,
    List<IndexDescription> indexes,
    CollectionVersion.@Nullable Policy policy,
    boolean isActive,
    boolean isMaterialized,
    boolean isBranchable,
    boolean isEmbeddedOnly,
    List<CollectionVersion.VectorEmbedding> vectorEmbeddings) {

  /**
   * A field of a description.
   *
   * @param kind only of relations and their keys, unless they came by a patch
   */
  public record Field(
      String name,
      @Nullable SchemaFieldKind kind,
      @Nullable String relationName,
      @Nullable Value defaultValue,
      int size) {}

  public CollectionDescription {
    sources = List.copyOf(sources);
    fields = List.copyOf(fields);
    indexes = List.copyOf(indexes);
    vectorEmbeddings = List.copyOf(vectorEmbeddings);
  }

  public static CollectionDescription of(CollectionVersion version) {
    var fields = new ArrayList<Field>(version.fields().size());
    for (CollectionField field : version.fields()) {
      boolean isShown = !field.isPatched() && field.relationName() != null;
      fields.add(
          new Field(
              field.name(),
              isShown ? field.kind() : null,
              isShown ? field.relationName() : null,
              field.defaultValue(),
              field.sizeRequired()));
    }
    return new CollectionDescription(
        version.name(),
        version.versionId(),
        version.collectionId(),
        version.sources(),
        fields,
        version.indexes(),
        version.policy(),
        version.isActive(),
        version.isMaterialized(),
        version.isBranchable(),
        version.isEmbeddedOnly(),
        version.vectorEmbeddings());
  }

  public Optional<Field> field(String fieldName) {
    return fields.stream().filter(field -> field.name().equals(fieldName)).findFirst();
  }

  public boolean isView() {
    return sources.stream().anyMatch(CollectionVersion.Source.Query.class::isInstance);
  }
}
