package io.defradb.schema.patch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
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
   * @throws DefraException INVALID_PATCH for what is no array of objects
   */
  static JsonPatch parse(String text) {
    try {
      JsonNode tree = MAPPER.readTree(text);
      var operations = new ArrayList<ObjectNode>();
      if (tree.isArray()) {
        for (JsonNode operation : tree) {
          if (!(operation instanceof ObjectNode object)) {
            throw fault("invalid state detected");
          }
          operations.add(object);
        }
        return new JsonPatch(operations);
      }
    } catch (JsonProcessingException e) {
      throw new DefraException(ErrorCode.INVALID_PATCH, "invalid state detected", e);
    }
    throw fault("invalid state detected");
  }

  /** The operations, to be changed in place before {@link #apply}. */
  List<ObjectNode> operations() {
    return operations;
  }

  /** Changes {@code document}; what it was before is lost, also when this throws INVALID_PATCH. */
  void apply(ObjectNode document) {
    for (ObjectNode operation : operations) {
      String path = operation.path("path").asText();
      switch (operation.path("op").asText()) {
        case "add" -> add(document, path, operation.path("value"));
        case "remove" -> remove(document, path);
        case "replace" -> replace(document, path, operation.path("value"));
        case "move" -> move(document, operation.path("from").asText(), path);
        case "copy" -> copy(document, operation.path("from").asText(), path);
        case "test" -> test(document, path, operation.get("value"));
        default -> throw fault("Unexpected kind: " + operation.path("op").asText("unknown"));
      }
    }
  }

  private static void add(ObjectNode document, String path, JsonNode value) {
    JsonPlace place = JsonPlace.find(document, path);
    if (place == null) {
      throw missing("add operation does not apply: doc is missing path: \"" + path + "\"");
    }
    within("error in add for path: '" + path + "'", () -> place.add(value.deepCopy()));
  }

  private static void remove(ObjectNode document, String path) {
    JsonPlace place = JsonPlace.find(document, path);
    if (place == null) {
      throw missing("remove operation does not apply: doc is missing path: \"" + path + "\"");
    }
    within("error in remove for path: '" + path + "'", place::remove);
  }

  private static void replace(ObjectNode document, String path, JsonNode value) {
    JsonPlace place = JsonPlace.find(document, path);
    if (place == null) {
      throw missing("replace operation does not apply: doc is missing path: " + path);
    }
    if (place.get() == null) {
      throw missing("replace operation does not apply: doc is missing key: " + path);
    }
    place.set(value.deepCopy());
  }

  private static void move(ObjectNode document, String from, String path) {
    JsonPlace source = JsonPlace.find(document, from);
    if (source == null) {
      throw missing("move operation does not apply: doc is missing from path: " + from);
    }
    JsonNode value = source.get();
    within("error in move for path: '" + from + "'", source::remove);
    JsonPlace target = JsonPlace.find(document, path);
    if (target == null || value == null) {
      throw missing("move operation does not apply: doc is missing destination path: " + path);
    }
    within("error in move for path: '" + path + "'", () -> target.add(value));
  }

  private void copy(ObjectNode document, String from, String path) {
    JsonPlace source = JsonPlace.find(document, from);
    JsonNode value = source == null ? null : source.get();
    if (source == null) {
      throw missing("copy operation does not apply: doc is missing from path: \"" + from + "\"");
    }
    if (value == null) {
      throw missing("error in copy for from: '" + from + "'");
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

  private static void test(ObjectNode document, String path, @Nullable JsonNode value) {
    JsonPlace place = JsonPlace.find(document, path);
    if (place == null) {
      throw missing("test operation does not apply: is missing path: " + path);
    }
    JsonNode found = place.get();
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
