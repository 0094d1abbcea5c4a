package io.defradb.schema.rule;

import io.defradb.schema.CollectionDescription;
import io.defradb.schema.CollectionVersion;
import io.defradb.schema.Schema;
import io.defradb.schema.SchemaField;
import io.defradb.schema.SchemaFieldKind;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A description with its schema, as rules look at it. An added description has an empty schema, and
 * a schema looked at alone an empty description.
 */
public record Definition(CollectionDescription version, Schema schema) {
  private static final CollectionDescription NO_DESCRIPTION =
      new CollectionDescription(
          "", "", "", List.of(), List.of(), List.of(), null, false, false, false, false, List.of());
  private static final Schema NO_SCHEMA = new Schema("", "", "", List.of());

  public static Definition of(CollectionVersion version) {
    return new Definition(CollectionDescription.of(version), version.schema());
  }

  static Definition of(Schema schema) {
    return new Definition(NO_DESCRIPTION, schema);
  }

  /** A description that a patch adds, for which there is no schema. */
  public static Definition added(CollectionDescription description) {
    return new Definition(description, NO_SCHEMA);
  }

  boolean hasField(String name) {
    return version.field(name).isPresent();
  }

  boolean isInSchema(String fieldName) {
    return schema.field(fieldName).isPresent();
  }

  /** The kind of a field of the description, wherever it is said; {@code null}: nowhere. */
  @Nullable SchemaFieldKind kind(String fieldName) {
    Optional<SchemaFieldKind> shared = schema.field(fieldName).map(SchemaField::kind);
    return shared.isPresent()
        ? shared.get()
        : version.field(fieldName).map(CollectionDescription.Field::kind).orElse(null);
  }
}
