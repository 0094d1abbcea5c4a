package io.defradb.schema.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * The query of a view as a patch writes it, completed: what is left out is null, keys in the order
 * of descriptions. A selection with {@code Fields} is an object, one without a plain field.
 */
final class ViewQueryJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final List<String> OPTIONS =
      List.of("Limit", "Offset", "OrderBy", "Filter", "DocIDs", "CID", "GroupBy");

  private ViewQueryJson() {}

  static JsonNode complete(JsonNode selection) {
    if (!(selection instanceof ObjectNode object)) {
      return selection;
    }
    ObjectNode tree = JSON.objectNode();
    tree.set("Name", orNull(object, "Name"));
    tree.set("Alias", orNull(object, "Alias"));
    JsonNode fields = object.get("Fields");
    if (fields != null && fields.isArray()) {
      var completed = tree.putArray("Fields");
      fields.forEach(field -> completed.add(complete(field)));
      OPTIONS.forEach(option -> tree.set(option, orNull(object, option)));
      tree.put("ShowDeleted", object.path("ShowDeleted").asBoolean());
    }
    object
        .properties()
        .forEach(
            member -> {
              if (!tree.has(member.getKey())) {
                tree.set(member.getKey(), member.getValue());
              }
            });
    return tree;
  }

  private static JsonNode orNull(ObjectNode object, String name) {
    JsonNode member = object.get(name);
    return member == null ? JSON.nullNode() : member;
  }
}
