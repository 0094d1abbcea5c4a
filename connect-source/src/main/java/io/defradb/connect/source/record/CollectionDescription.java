package io.defradb.connect.source.record;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.connect.source.settings.ChangeFilter;
import io.defradb.document.FieldKind;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One collection version, as far as events show it.
 *
 * @param ordinal counts the versions of the collection from 1: Connect schemas have numbers
 * @param fields stored fields and their kinds, in schema order
 */
public record CollectionDescription(
    String name, String schemaVersionId, int ordinal, Map<String, FieldKind> fields) {

  public CollectionDescription {
    fields = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  /** Without the fields that nobody wants. */
  CollectionDescription only(ChangeFilter filter) {
    Map<String, FieldKind> wanted = new LinkedHashMap<>(fields);
    wanted.keySet().removeIf(field -> !filter.hasField(name, field));
    return new CollectionDescription(name, schemaVersionId, ordinal, wanted);
  }

  /**
   * Reads the schema half of a description. Fields without a scalar kind are relations, which store
   * nothing.
   */
  public static CollectionDescription parse(JsonNode schema, int ordinal) {
    Map<String, FieldKind> fields = new LinkedHashMap<>();
    for (JsonNode field : schema.get("Fields")) {
      FieldKind kind =
          field.get("Kind").isInt() ? FieldKind.byNumber(field.get("Kind").asInt()) : null;
      String name = field.get("Name").asText();
      if (kind != null && !name.equals("_docID")) {
        fields.put(name, kind);
      }
    }
    return new CollectionDescription(
        schema.get("Name").asText(), schema.get("VersionID").asText(), ordinal, fields);
  }
}
