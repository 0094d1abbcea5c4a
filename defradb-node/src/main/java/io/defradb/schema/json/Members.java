package io.defradb.schema.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.defradb.error.DefraException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Members of a patched description: found in any case, absent and null alike zero, a wrong type an
 * INVALID_PATCH.
 *
 * @param struct what the object is, for messages: the reference's name for it, and of a part of it
 *     the members that lead there, with points between
 */
record Members(JsonNode object, String struct) {

  static Members of(JsonNode tree, String struct) {
    if (!tree.isObject() && !tree.isNull() && !tree.isMissingNode()) {
      throw GoJsonFaults.value(tree, "client." + struct);
    }
    return new Members(tree, struct);
  }

  /** Of an element of {@code list} in {@code outer}. */
  static Members of(JsonNode tree, String outer, String list, String type) {
    if (!tree.isObject() && !tree.isNull()) {
      throw GoJsonFaults.member(tree, outer + "." + list, type);
    }
    return new Members(tree, outer + "." + list);
  }

  JsonNode get(String name) {
    JsonNode exact = object.get(name);
    if (exact != null) {
      return exact;
    }
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      if (member.getKey().equalsIgnoreCase(name)) {
        return member.getValue();
      }
    }
    return MissingNode.getInstance();
  }

  boolean isSet(String name) {
    JsonNode member = get(name);
    return !member.isMissingNode() && !member.isNull();
  }

  String text(String name) {
    if (!isSet(name)) {
      return "";
    }
    JsonNode member = get(name);
    if (!member.isTextual()) {
      throw wrongType(name, "string");
    }
    return member.textValue();
  }

  @Nullable String textOrNull(String name) {
    return isSet(name) ? text(name) : null;
  }

  /** An object; absent and null are an empty one. */
  JsonNode object(String name, String type) {
    if (!isSet(name)) {
      return JsonNodeFactory.instance.objectNode();
    }
    if (!get(name).isObject()) {
      throw wrongType(name, type);
    }
    return get(name);
  }

  boolean flag(String name) {
    if (!isSet(name)) {
      return false;
    }
    if (!get(name).isBoolean()) {
      throw wrongType(name, "bool");
    }
    return get(name).booleanValue();
  }

  /** A number from 0 to {@code max}. */
  int number(String name, int max, String type) {
    if (!isSet(name)) {
      return 0;
    }
    JsonNode member = get(name);
    if (!member.canConvertToInt()
        || !member.isIntegralNumber()
        || member.intValue() < 0
        || member.intValue() > max) {
      throw wrongType(name, type);
    }
    return member.intValue();
  }

  /** {@code type}: the reference's name for what stands in the list. */
  <T> List<T> list(String name, String type, Function<JsonNode, T> read) {
    if (!isSet(name)) {
      return List.of();
    }
    JsonNode member = get(name);
    if (!member.isArray()) {
      throw wrongType(name, "[]" + type);
    }
    var items = new ArrayList<T>(member.size());
    member.forEach(item -> items.add(read.apply(item)));
    return items;
  }

  DefraException wrongType(String name, String wanted) {
    return GoJsonFaults.member(get(name), struct + "." + name, wanted);
  }
}
