package io.defradb.connect.sink.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.crdt.CrdtType;
import io.defradb.document.FieldKind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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

  /** {@code null}: the collection has no such field. */
  @Nullable FieldKind kind(String field) {
    return kinds.get(field);
  }
}
