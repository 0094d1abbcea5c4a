package io.defradb.schema;

import java.util.List;

/** A secondary index. {@code id} counts from 1 per collection. */
public record IndexDescription(String name, int id, List<IndexedField> fields, boolean isUnique) {
  public record IndexedField(String name, boolean isDescending) {}

  public IndexDescription {
    fields = List.copyOf(fields);
  }
}
