package io.defradb.schema.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A place in a JSON tree that a pointer (RFC 6901) names: a container and a key in it, which need
 * not be there.
 */
record JsonPlace(JsonNode container, String key) {
  private static final Pattern INDEX = Pattern.compile("[+-]?[0-9]{1,9}");

  /** {@code null} when the container is not there. */
  static @Nullable JsonPlace find(JsonNode document, String pointer) {
    if (pointer.isEmpty()) {
      return new JsonPlace(document, "");
    }
    String[] parts = pointer.split("/", -1);
    if (parts.length < 2) {
      return null;
    }
    JsonNode container = document;
    for (int i = 1; i < parts.length - 1; i++) {
      JsonNode next = new JsonPlace(container, decode(parts[i])).get();
      if (next == null || !next.isContainerNode()) {
        return null;
      }
      container = next;
    }
    return new JsonPlace(container, decode(parts[parts.length - 1]));
  }

  private static String decode(String part) {
    return part.replace("~1", "/").replace("~0", "~");
  }

  /** The empty key of an object is the object itself, as users of the reference know it. */
  @Nullable JsonNode get() {
    if (container instanceof ArrayNode array) {
      int index = index(array.size());
      return index >= 0 && index < array.size() ? array.get(index) : null;
    }
    return key.isEmpty() ? container : container.get(key);
  }

  boolean isInList() {
    return container.isArray();
  }

  /** Why nothing is there. */
  String absence() {
    if (!isInList()) {
      return "unable to get nonexistent key: " + key + ": missing value";
    }
    return INDEX.matcher(key).matches()
        ? "Unable to access invalid index: " + key + ": invalid index referenced"
        : notAnIndex();
  }

  private String notAnIndex() {
    return "strconv.Atoi: parsing \"" + key + "\": invalid syntax";
  }

  /** Puts {@code value} in the place of what is there. */
  void set(JsonNode value) {
    if (container instanceof ArrayNode array) {
      array.set(index(array.size()), value);
    } else {
      ((ObjectNode) container).set(key, value);
    }
  }

  void add(JsonNode value) {
    if (!(container instanceof ArrayNode array)) {
      ((ObjectNode) container).set(key, value);
    } else if (key.equals("-")) {
      array.add(value);
    } else if (!INDEX.matcher(key).matches()) {
      throw JsonPatch.fault("value was not a proper array index: '" + key + "': " + notAnIndex());
    } else {
      int index = index(array.size() + 1);
      if (index < 0 || index > array.size()) {
        throw JsonPatch.fault(absence());
      }
      array.insert(index, value);
    }
  }

  void remove() {
    if (container instanceof ArrayNode array) {
      int index = index(array.size());
      if (index < 0 || index >= array.size()) {
        throw JsonPatch.fault(absence());
      }
      array.remove(index);
    } else if (((ObjectNode) container).remove(key) == null) {
      throw JsonPatch.fault("unable to remove nonexistent key: " + key + ": missing value");
    }
  }

  /** A negative one counts from {@code end}; below zero: no index. */
  private int index(int end) {
    if (!INDEX.matcher(key).matches()) {
      return -1;
    }
    int index = Integer.parseInt(key);
    return index < 0 ? index + end : index;
  }
}
