package io.defradb.acp.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.schema.json.GoJsonFaults;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Reads a policy from JSON or, when the text is none, from YAML (data-model, 15.1). */
final class PolicyText {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final String ACTOR = "actor";
  private static final String PREFIX =
      PolicyFault.BAD_INPUT.text("unmarshaling error")
          + ": "
          + PolicyFault.BAD_INPUT.text("invalid short policy")
          + ": ";

  private PolicyText() {}

  /** Throws INVALID_ARGUMENT. */
  static PolicyDraft read(String text) {
    try {
      JsonNode json = json(text);
      return draft(json == null ? PolicyYaml.read(trimmed(text.replace("\t", "    "))) : json);
    } catch (DefraException fault) {
      throw new DefraException(ErrorCode.INVALID_ARGUMENT, PREFIX + fault.text());
    }
  }

  private static @Nullable JsonNode json(String text) {
    try {
      JsonNode tree = JSON.readTree(text);
      return tree == null || tree.isMissingNode() ? null : tree;
    } catch (JsonProcessingException notJson) {
      return null;
    }
  }

  private static String trimmed(String text) {
    return text.replaceAll("^\n+|\n+$", "");
  }

  private static PolicyDraft draft(JsonNode json) {
    Members policy = Members.of(json, "PolicyShort", "PolicyShort", "");
    String actorName = actor(policy.member("actor"));
    policy.text("description");
    policy.map("meta", "map[string]string", PolicyText::meta);
    String name = policy.text("name");
    SortedMap<String, Resource> resources =
        policy.map("resources", "map[string]*types.ResourceShort", PolicyText::resource);
    policy.text("version");
    return new PolicyDraft(name, actorName, resources);
  }

  private static String actor(@Nullable JsonNode json) {
    if (json == null) {
      return ACTOR;
    }
    Members actor = Members.of(json, "PolicyShort", "ActorResource", "actor");
    actor.text("doc");
    return actor.text("name");
  }

  private static String meta(String name, @Nullable JsonNode json) {
    if (json != null && !json.isTextual()) {
      throw Members.mismatch(json, "PolicyShort.meta", "string");
    }
    return json == null ? "" : json.textValue();
  }

  private static Resource resource(String name, @Nullable JsonNode json) {
    if (json == null) {
      return new Resource(new TreeMap<>(), new TreeMap<>());
    }
    Members resource = Members.of(json, "PolicyShort", "ResourceShort", "resources");
    resource.text("doc");
    return new Resource(
        resource.map("permissions", "map[string]*types.PermissionShort", PolicyText::permission),
        resource.map("relations", "map[string]*types.RelationShort", PolicyText::relation));
  }

  private static String permission(String name, @Nullable JsonNode json) {
    if (json == null) {
      return "";
    }
    Members permission =
        Members.of(json, "ResourceShort", "PermissionShort", "resources.permissions");
    permission.text("doc");
    return permission.text("expr");
  }

  private static Resource.Relation relation(String name, @Nullable JsonNode json) {
    if (json == null) {
      return new Resource.Relation(List.of(), List.of());
    }
    Members relation = Members.of(json, "ResourceShort", "RelationShort", "resources.relations");
    relation.text("doc");
    return new Resource.Relation(relation.texts("manages"), relation.texts("types"));
  }

  /** The members of an object, whose names are told apart without case; null is absent. */
  private record Members(Map<String, JsonNode> values, String type, String path) {

    /** {@code owner}: of what type the object is a member, at {@code path}. */
    static Members of(JsonNode json, String owner, String type, String path) {
      if (!json.isObject() && !json.isNull()) {
        throw mismatch(json, path.isEmpty() ? "" : owner + "." + path, "types." + type);
      }
      Map<String, JsonNode> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      json.properties().forEach(member -> values.put(member.getKey(), member.getValue()));
      return new Members(values, type, path);
    }

    @Nullable JsonNode member(String name) {
      JsonNode value = values.get(name);
      return value == null || value.isNull() ? null : value;
    }

    String text(String name) {
      JsonNode value = member(name);
      if (value != null && !value.isTextual()) {
        throw mismatch(value, at(name), "string");
      }
      return value == null ? "" : value.textValue();
    }

    List<String> texts(String name) {
      JsonNode value = member(name);
      if (value != null && !value.isArray()) {
        throw mismatch(value, at(name), "[]string");
      }
      List<String> texts = new ArrayList<>();
      if (value != null) {
        for (JsonNode element : value) {
          if (!element.isTextual() && !element.isNull()) {
            throw mismatch(element, at(name), "string");
          }
          texts.add(element.asText(""));
        }
      }
      return texts;
    }

    <T> SortedMap<String, T> map(
        String name, String goType, BiFunction<String, @Nullable JsonNode, T> read) {
      JsonNode value = member(name);
      if (value != null && !value.isObject()) {
        throw mismatch(value, at(name), goType);
      }
      SortedMap<String, T> map = new TreeMap<>();
      if (value != null) {
        value
            .properties()
            .forEach(
                entry ->
                    map.put(
                        entry.getKey(),
                        read.apply(
                            entry.getKey(), entry.getValue().isNull() ? null : entry.getValue())));
      }
      return map;
    }

    private String at(String name) {
      return type + "." + (path.isEmpty() ? "" : path + ".") + name;
    }

    private static DefraException mismatch(JsonNode json, String field, String goType) {
      return new DefraException(
          ErrorCode.INVALID_ARGUMENT,
          "json: cannot unmarshal "
              + GoJsonFaults.kind(json)
              + " into Go "
              + (field.isEmpty() ? "value" : "struct field " + field)
              + " of type "
              + goType);
    }
  }
}
