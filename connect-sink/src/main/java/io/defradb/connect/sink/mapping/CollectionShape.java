package io.defradb.connect.sink.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.crdt.CrdtType;
import io.defradb.document.FieldKind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What the sink needs to know of a collection: its fields' kinds and which of them count. */
public record CollectionShape(String name, Map<String, FieldKind> kinds, Set<String> counters) {

  public CollectionShape {
    kinds = Map.copyOf(kinds);
    counters = Set.copyOf(counters);
  }

  /**
   * Reads the schema half of a collection description: {@code
   * {"Name","Fields":[{"Name","Kind","Typ"}]}}.
   */
  public static CollectionShape parse(JsonNode schema) {
    Map<String, FieldKind> kinds = new HashMap<>();
    Set<String> counters = new HashSet<>();
    for (JsonNode field : schema.get("Fields")) {
      String name = field.get("Name").asText();
      FieldKind kind =
          field.get("Kind").isInt() ? FieldKind.byNumber(field.get("Kind").asInt()) : null;
      if (kind != null && !name.equals("_docID")) {
        kinds.put(name, kind);
      }
      if (CrdtType.byNumber(field.get("Typ").asInt()).filter(CrdtType::isCounter).isPresent()) {
        counters.add(name);
      }
    }
    return new CollectionShape(schema.get("Name").asText(), kinds, counters);
  }

  boolean has(String field) {
    return kinds.containsKey(field);
  }

  FieldKind require(String field) {
    FieldKind kind = kinds.get(field);
    if (kind == null) {
      throw new UnmappableRecord(
          "the collection has no such field", Map.of("Collection", name, "Field", field));
    }
    return kind;
  }
}
