package io.defradb.schema;

import java.util.List;
import java.util.Optional;

/** What nodes share of a type, and what its version ID is the hash of (data-model 4). */
public record Schema(String root, String versionId, String name, List<SchemaField> fields) {
  public Schema {
    fields = List.copyOf(fields);
  }

  public Optional<SchemaField> field(String fieldName) {
    return fields.stream().filter(field -> field.name().equals(fieldName)).findFirst();
  }
}
