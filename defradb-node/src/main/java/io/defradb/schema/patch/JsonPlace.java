package io.defradb.schema.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * A place in a JSON tree that a pointer (RFC 6901) names: a container and a key in it, which need
 * not be there.
 */
record JsonPlace(JsonNode container, String key) {

  /** {@code null} when the container is not there. */
  static @Nullable JsonPlace find(JsonNode document, String pointer) {
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

  @Nullable JsonNode get() {
    if (container instanceof ArrayNode array) {
      int index = indexOrMinus();
      return index >= 0 && index < array.size() ? array.get(index) : null;
    }
    return container.get(key);
  }

  /** Puts {@code value} in the place of what is there. */
  void set(JsonNode value) {
    if (container instanceof ArrayNode array) {
      array.set(indexOrMinus(), value);
    } else {
      ((ObjectNode) container).set(key, value);
    }
  }

  void add(JsonNode value) {
    if (!(container instanceof ArrayNode array)) {
      ((ObjectNode) container).set(key, value);
    } else if (key.equals("-")) {
      array.add(value);
    } else {
      array.insert(index(array.size()), value);
    }
  }

  void remove() {
    if (container instanceof ArrayNode array) {
      array.remove(index(array.size() - 1));
    } else if (((ObjectNode) container).remove(key) == null) {
      throw JsonPatch.fault("unable to remove nonexistent key: " + key + ": missing value");
    }
  }

  private int index(int max) {
    int index = indexOrMinus();
    if (index < 0) {
      throw JsonPatch.fault("strconv.Atoi: parsing \"" + key + "\": invalid syntax");
    }
    if (index > max) {
      throw JsonPatch.fault(
          "Unable to access invalid index: " + index + ": invalid index referenced");
    }
    return index;
  }

  /** -1 for what is no index. */
  private int indexOrMinus() {
    try {
      return Integer.parseInt(key);
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
