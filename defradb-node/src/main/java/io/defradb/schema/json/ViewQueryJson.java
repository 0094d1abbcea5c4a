package io.defradb.schema.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;

/**
 * The query of a view as a patch writes it, completed: what is left out is null, keys in the order
 * of descriptions. A selection with {@code Fields} is an object, one without a plain field.
 */
final class ViewQueryJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final List<String> OPTIONS =
      List.of("Limit", "Offset", "OrderBy", "Filter", "DocIDs", "CID", "GroupBy");

  private static final Set<String> MEMBERS =
      Set.of(
          "Name",
          "Alias",
          "Fields",
          "Limit",
          "Offset",
          "OrderBy",
          "Filter",
          "DocIDs",
          "CID",
          "GroupBy",
          "ShowDeleted");

  private ViewQueryJson() {}

  /** The whole query: a selection whatever was written, without members that none has. */
  static JsonNode of(JsonNode query) {
    ObjectNode selection = query.deepCopy();
    if (!selection.path("Name").isTextual()) {
      selection.put("Name", "");
    }
    if (!selection.path("Fields").isArray()) {
      selection.putArray("Fields");
    }
    ObjectNode whole = (ObjectNode) complete(selection);
    selection
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!MEMBERS.contains(name)) {
                whole.remove(name);
              }
            });
    return whole;
  }

  private static JsonNode complete(JsonNode selection) {
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
