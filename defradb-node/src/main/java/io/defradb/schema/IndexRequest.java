package io.defradb.schema;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * An index as it is asked for, in SDL or by name over HTTP (data-model 14).
 *
 * @param name empty: one is made
 */
public record IndexRequest(
    String name, List<IndexDescription.IndexedField> fields, boolean isUnique) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  public IndexRequest {
    fields = List.copyOf(fields);
  }

  /** True for a name that an index may have. */
  public static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /**
   * The description of this index on {@code collection}, next to the indexes it has. A relation is
   * indexed by its key.
   *
   * @param id its number in the collection
   * @throws DefraException INVALID_INDEX for names and fields that are not possible
   */
  public IndexDescription describe(CollectionVersion collection, int id) {
    if (!name.isEmpty() && !isName(name)) {
      // The reference prints "!" for every bad name here; clients have seen no other text.
      throw new DefraException(ErrorCode.INVALID_INDEX, "index with invalid name", "Name", "!");
    }
    if (fields.isEmpty()) {
      throw new DefraException(ErrorCode.INVALID_INDEX, "index missing fields");
    }
    if (fields.stream().anyMatch(field -> field.name().isEmpty())) {
      throw new DefraException(ErrorCode.INVALID_INDEX, "index field missing name");
    }
    List<IndexDescription.IndexedField> stored = storedFields(collection.schema());
    return new IndexDescription(nameOn(collection, stored), id, stored, isUnique);
  }

  private List<IndexDescription.IndexedField> storedFields(Schema schema) {
    var stored = new ArrayList<IndexDescription.IndexedField>(fields.size());
    for (IndexDescription.IndexedField field : fields) {
      SchemaField found =
          schema
              .field(field.name())
              .orElseThrow(
                  () ->
                      new DefraException(
                          ErrorCode.INVALID_INDEX,
                          "creating an index on a non-existing property",
                          "Field",
                          field.name()));
      stored.add(
          found.kind().isRelation()
              ? new IndexDescription.IndexedField(field.name() + "_id", field.isDescending())
              : field);
    }
    return stored;
  }

  private String nameOn(CollectionVersion collection, List<IndexDescription.IndexedField> stored) {
    if (!name.isEmpty()) {
      if (isTaken(collection, name)) {
        throw new DefraException(
            ErrorCode.INVALID_INDEX, "index with name already exists", "Name", name);
      }
      return name;
    }
    String base = collection.name() + "_" + stored.get(0).name() + "_ASC";
    String candidate = base;
    for (int count = 2; isTaken(collection, candidate); count++) {
      candidate = base + "_" + count;
    }
    return candidate;
  }

  private static boolean isTaken(CollectionVersion collection, String name) {
    return collection.indexes().stream().anyMatch(index -> index.name().equals(name));
  }
}
