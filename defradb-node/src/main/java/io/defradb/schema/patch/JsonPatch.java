package io.defradb.schema.patch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.schema.json.GoJsonFaults;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A JSON Patch (RFC 6902) with the messages that users of the reference know. What copies add is
 * bounded: {@value #COPIED_NODES_MAX} nodes in all.
 */
final class JsonPatch {
  private static final int COPIED_NODES_MAX = 1_000_000;
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private final List<ObjectNode> operations;
  private int copiedNodes;

  private JsonPatch(List<ObjectNode> operations) {
    this.operations = operations;
  }

  /**
   * Parses the text of a patch.
   *
   * @throws DefraException INVALID_PATCH for what is no array of operations; {@code null} is an
   *     empty one
   */
  static JsonPatch parse(String text) {
    JsonNode tree;
    try {
      tree = MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new DefraException(ErrorCode.INVALID_PATCH, "invalid state detected", e);
    }
    if (tree.isMissingNode()) {
      throw fault("invalid state detected");
    }
    var operations = new ArrayList<ObjectNode>();
    if (tree.isNull()) {
      return new JsonPatch(operations);
    }
    if (!tree.isArray()) {
      throw GoJsonFaults.value(tree, "jsonpatch.Patch");
    }
    for (JsonNode operation : tree) {
      if (!operation.isNull() && !operation.isObject()) {
        throw GoJsonFaults.value(operation, "jsonpatch.Operation");
      }
    }
    for (JsonNode operation : tree) {
      String fault = operationFault(operation);
      if (fault != null) {
        throw fault("invalid operation " + GoJsonFaults.print(operation) + ": " + fault);
      }
      operations.add((ObjectNode) operation);
    }
    return new JsonPatch(operations);
  }

  private static @Nullable String operationFault(JsonNode operation) {
    String kind = operation.path("op").isTextual() ? operation.path("op").textValue() : "";
    switch (kind) {
      case "add", "replace" -> {
        if (!operation.has("value")) {
          return "failed to decode 'value': operation, missing value field: missing value";
        }
      }
      case "move", "copy" -> {
        if (isAbsent(operation, "from")) {
          return "failed to decode 'from': operation, missing from field: missing value";
        }
        if (!operation.get("from").isTextual()) {
          return "failed to decode 'from': " + notText(operation.get("from"));
        }
      }
      case "remove", "test" -> {}
      default -> {
        return "unsupported operation";
      }
    }
    if (isAbsent(operation, "path")) {
      return "failed to decode 'path': operation missing path field: missing value";
    }
    return operation.get("path").isTextual()
        ? null
        : "failed to decode 'path': " + notText(operation.get("path"));
  }

  private static boolean isAbsent(JsonNode operation, String name) {
    return !operation.hasNonNull(name);
  }

  private static String notText(JsonNode value) {
    return GoJsonFaults.value(value, "string").getMessage();
  }

  /** The operations, to be changed in place before {@link #apply}. */
  List<ObjectNode> operations() {
    return operations;
  }

  /**
   * What {@code document} becomes; it may be changed itself, also when this throws INVALID_PATCH.
   */
  JsonNode apply(ObjectNode document) {
    JsonNode whole = document;
    for (ObjectNode operation : operations) {
      whole = apply(operation, whole);
    }
    return whole;
  }

  private JsonNode apply(ObjectNode operation, JsonNode document) {
    String path = operation.path("path").asText();
    String kind = operation.path("op").asText();
    if (path.isEmpty() && (kind.equals("add") || kind.equals("replace"))) {
      return replaced(kind, operation.path("value"));
    }
    switch (kind) {
      case "add" -> add(document, path, operation.path("value"));
      case "remove" -> remove(document, path);
      case "replace" -> replace(document, path, operation.path("value"));
      case "move" -> move(document, operation.path("from").asText(), path);
      case "copy" -> copy(document, operation.path("from").asText(), path);
      default -> test(document, path, operation.get("value"));
    }
    return document;
  }

  /** The empty path is the whole document. */
  private static JsonNode replaced(String kind, JsonNode value) {
    if (value.isContainerNode()) {
      return value.deepCopy();
    }
    throw kind.equals("add")
        ? GoJsonFaults.value(value, "map[string]*jsonpatch.lazyNode")
        : fault("replace operation value must be object or array: %!w(<nil>)");
  }

  private static void add(JsonNode document, String path, JsonNode value) {
    JsonPlace place = JsonPlace.find(document, path);
    if (place == null) {
      throw missing("add operation does not apply: doc is missing path: \"" + path + "\"");
    }
    within("error in add for path: '" + path + "'", () -> place.add(value.deepCopy()));
  }

  private static void remove(JsonNode document, String path) {
    JsonPlace place = JsonPlace.find(document, path);
    if (place == null) {
      throw missing("remove operation does not apply: doc is missing path: \"" + path + "\"");
    }
    within("error in remove for path: '" + path + "'", place::remove);
  }

  private static void replace(JsonNode document, String path, JsonNode value) {
    JsonPlace place = JsonPlace.find(document, path);
    if (place == null) {
      throw missing("replace operation does not apply: doc is missing path: " + path);
    }
    if (place.get() == null) {
      throw missing("replace operation does not apply: doc is missing key: " + path);
    }
    place.set(value.deepCopy());
  }

  private static void move(JsonNode document, String from, String path) {
    if (from.isEmpty()) {
      throw fault("unable to move entire document to another path: invalid state detected");
    }
    JsonPlace source = JsonPlace.find(document, from);
    if (source == null) {
      throw missing("move operation does not apply: doc is missing from path: " + from);
    }
    JsonNode value = source.get();
    if (value == null) {
      throw fault("error in move for path: '" + source.key() + "': " + source.absence());
    }
    source.remove();
    JsonPlace target = JsonPlace.find(document, path);
    if (target == null) {
      throw missing("move operation does not apply: doc is missing destination path: " + path);
    }
    within("error in move for path: '" + path + "'", () -> target.add(value));
  }

  private void copy(JsonNode document, String from, String path) {
    JsonPlace source = JsonPlace.find(document, from);
    JsonNode value = source == null ? null : source.get();
    if (source == null) {
      throw missing("copy operation does not apply: doc is missing from path: \"" + from + "\"");
    }
    if (value == null) {
      throw fault("error in copy for from: '" + from + "': " + source.absence());
    }
    copiedNodes += nodes(value);
    if (copiedNodes > COPIED_NODES_MAX) {
      throw new DefraException(ErrorCode.TOO_LARGE, "the patch copies too much");
    }
    JsonPlace target = JsonPlace.find(document, path);
    if (target == null) {
      throw missing("copy operation does not apply: doc is missing destination path: " + path);
    }
    within("error while adding value during copy", () -> target.add(value.deepCopy()));
  }

  private static void test(JsonNode document, String path, @Nullable JsonNode value) {
    JsonPlace place = JsonPlace.find(document, path);
    if (place == null) {
      throw missing("test operation does not apply: is missing path: " + path);
    }
    JsonNode found = place.get();
    if (found == null && place.isInList()) {
      throw fault("error in test for path: '" + path + "': " + place.absence());
    }
    boolean isNullWanted = value == null || value.isNull();
    boolean isEqual = (found == null || found.isNull()) ? isNullWanted : found.equals(value);
    if (!isEqual) {
      throw fault("testing value " + path + " failed: test failed");
    }
  }

  private int nodes(JsonNode tree) {
    int count = 1;
    for (JsonNode child : tree) {
      count += nodes(child);
      if (count > COPIED_NODES_MAX) {
        return count;
      }
    }
    return count;
  }

  private static void within(String text, Runnable change) {
    try {
      change.run();
    } catch (DefraException e) {
      throw fault(text + ": " + e.getMessage());
    }
  }

  private static DefraException missing(String text) {
    return fault(text + ": missing value");
  }

  static DefraException fault(String text) {
    return new DefraException(ErrorCode.INVALID_PATCH, text);
  }
}
