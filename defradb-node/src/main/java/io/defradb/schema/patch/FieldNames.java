package io.defradb.schema.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.defradb.schema.Schema;
import io.defradb.schema.SchemaField;
import io.defradb.schema.json.GoJsonFaults;
import java.util.HashMap;
import java.util.Map;

/**
 * Puts indexes for names in the paths of a schema patch: {@code /User/Fields/name} is the field of
 * that name, or a new one (data-model 4.4). For one patch.
 */
final class FieldNames {
  private final Map<String, Map<String, Integer>> indexes = new HashMap<>();

  FieldNames(Map<String, Schema> schemas) {
    schemas.forEach(
        (name, schema) -> {
          Map<String, Integer> byName = new HashMap<>();
          for (SchemaField field : schema.fields()) {
            byName.put(field.name(), byName.size());
          }
          indexes.put(name, byName);
        });
  }

  /** Only operations with a value can name fields, as in the reference. */
  void resolve(JsonPatch patch) {
    for (ObjectNode operation : patch.operations()) {
      if (operation.has("value")) {
        resolve(operation);
      }
    }
  }

  private void resolve(ObjectNode operation) {
    String path = operation.path("path").asText();
    String[] parts = (path.startsWith("/") ? path.substring(1) : path).split("/", -1);
    if (parts.length < 3 || !parts[1].equals("Fields")) {
      return;
    }
    JsonNode value = operation.path("value");
    if (parts.length == 3 && !value.isObject()) {
      throw GoJsonFaults.value(value, "map[string]interface {}");
    }
    String name = parts[2];
    if (name.codePoints().noneMatch(Character::isLetter)) {
      return;
    }
    if (parts.length == 3 && value instanceof ObjectNode field) {
      JsonNode given = field.get("Name");
      if (given == null) {
        field.put("Name", name);
      } else if (given.isTextual() && !given.textValue().equals(name)) {
        throw JsonPatch.fault(
            "the index used does not match the given name. Index: "
                + name
                + ", Name: "
                + given.textValue());
      }
    }
    Map<String, Integer> byName = indexes.computeIfAbsent(parts[0], key -> new HashMap<>());
    Integer index = byName.get(name);
    if (index == null) {
      byName.put(name, byName.size());
    }
    parts[2] = index == null ? "-" : index.toString();
    operation.put("path", "/" + String.join("/", parts));
  }
}
