package io.defradb.lens;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * The modules that items go through, in this order.
 *
 * @param isWritten a list of them was written, even an empty one; else descriptions show null
 */
public record LensConfig(List<Module> modules, boolean isWritten) {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int MODULES_MAX = 64;

  /**
   * One module.
   *
   * @param path {@code file:}, {@code http:} or {@code https:} URL of the WASM binary
   * @param isInverse its way back is meant
   * @param argumentsJson an object that the module is told before its first item; {@code {}} and
   *     {@code null}: none
   */
  public record Module(String path, boolean isInverse, String argumentsJson) {}

  public LensConfig {
    modules = List.copyOf(modules);
  }

  public LensConfig(List<Module> modules) {
    this(modules, true);
  }

  /** The way back: the last module first, each the other way round. */
  public LensConfig inverted() {
    var back = new ArrayList<Module>();
    for (Module module : modules) {
      back.add(new Module(module.path(), !module.isInverse(), module.argumentsJson()));
    }
    Collections.reverse(back);
    return new LensConfig(back);
  }

  /** As descriptions show it. */
  public String toJson() {
    ObjectNode lens = MAPPER.createObjectNode();
    if (!isWritten) {
      return lens.putNull("Lenses").toString();
    }
    ArrayNode list = lens.putArray("Lenses");
    for (Module module : modules) {
      ObjectNode node = list.addObject();
      node.put("Path", module.path()).put("Inverse", module.isInverse());
      node.putRawValue("Arguments", new RawValue(module.argumentsJson()));
    }
    return lens.toString();
  }

  /**
   * Reads {@code {"Lenses": [{"Path", "Inverse", "Arguments"}]}}; the case of names is free, and
   * what is left out is empty.
   *
   * @throws DefraException INVALID_JSON, TOO_LARGE
   */
  public static LensConfig parse(String json) {
    JsonNode tree;
    try {
      tree = MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new DefraException(ErrorCode.INVALID_JSON, "a lens is no JSON", e);
    }
    var modules = new ArrayList<Module>();
    for (JsonNode module : member(tree, "Lenses")) {
      if (modules.size() == MODULES_MAX) {
        throw new DefraException(
            ErrorCode.TOO_LARGE, "a lens has too many modules", "Max", MODULES_MAX);
      }
      JsonNode arguments = member(module, "Arguments");
      modules.add(
          new Module(
              member(module, "Path").asText(),
              member(module, "Inverse").asBoolean(),
              arguments.isObject() ? arguments.toString() : "null"));
    }
    return new LensConfig(modules, member(tree, "Lenses").isArray());
  }

  private static JsonNode member(JsonNode object, String name) {
    JsonNode exact = object.get(name);
    if (exact != null) {
      return exact;
    }
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      if (member.getKey().equalsIgnoreCase(name)) {
        return member.getValue();
      }
    }
    return MAPPER.missingNode();
  }
}
