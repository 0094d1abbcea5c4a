package io.defradb.schema.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.defradb.schema.CollectionDescription;
import io.defradb.schema.CollectionVersion;
import io.defradb.schema.json.CollectionJson;
import io.defradb.schema.json.GoJsonFaults;
import io.defradb.schema.rule.Definition;
import io.defradb.schema.rule.RuleBook;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Patches descriptions of versions (data-model 4.4). Little may change: whether a version is active
 * or materialized, its embeddings, the transform of a source. Pure; safe for use by many threads.
 */
public final class CollectionPatch {
  private final RuleBook rules;

  public CollectionPatch(RuleBook rules) {
    this.rules = rules;
  }

  /**
   * Applies a patch.
   *
   * @param all every version, active or not
   * @param patchText JSON Patch text over {@code {"<version ID>": <description>}}
   * @return the versions to store
   * @throws io.defradb.error.DefraException INVALID_PATCH, INVALID_SCHEMA
   */
  public List<CollectionVersion> apply(List<CollectionVersion> all, String patchText) {
    JsonPatch patch = JsonPatch.parse(patchText);
    Map<String, JsonNode> trees = new TreeMap<>();
    for (CollectionVersion version : all) {
      trees.put(version.versionId(), CollectionJson.tree(CollectionDescription.of(version)));
    }
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    trees.forEach(document::set);
    // Both sides are read from JSON, so that only what a patch changed can differ.
    Map<String, CollectionDescription> before = read(document);
    JsonNode patched = patch.apply(document);
    if (!patched.isObject()) {
      throw GoJsonFaults.value(patched, "map[string]client.CollectionVersion");
    }
    Map<String, CollectionDescription> after = read(patched);

    var oldDefinitions = new ArrayList<Definition>();
    var newDefinitions = new ArrayList<Definition>();
    CollectionDescription nothing = CollectionJson.read(JsonNodeFactory.instance.objectNode());
    for (CollectionVersion version : all) {
      String id = version.versionId();
      oldDefinitions.add(new Definition(before.getOrDefault(id, nothing), version.schema()));
      newDefinitions.add(new Definition(after.getOrDefault(id, nothing), version.schema()));
    }
    after.forEach(
        (id, description) -> {
          if (!before.containsKey(id)) {
            newDefinitions.add(Definition.added(description));
          }
        });
    rules.checkCollectionPatch(newDefinitions, oldDefinitions);
    return changes(all, before, after);
  }

  private static Map<String, CollectionDescription> read(JsonNode document) {
    Map<String, CollectionDescription> descriptions = new LinkedHashMap<>();
    document
        .properties()
        .forEach(
            member -> descriptions.put(member.getKey(), CollectionJson.read(member.getValue())));
    return descriptions;
  }

  private static List<CollectionVersion> changes(
      List<CollectionVersion> all,
      Map<String, CollectionDescription> before,
      Map<String, CollectionDescription> after) {
    Map<String, CollectionDescription> byVersion = new LinkedHashMap<>();
    after.values().forEach(description -> byVersion.put(description.versionId(), description));
    var versions = new VersionSet(all);
    for (CollectionVersion version : all) {
      CollectionDescription patched = byVersion.get(version.versionId());
      if (patched != null && !patched.equals(before.get(version.versionId()))) {
        versions.put(patched(version, patched));
      }
    }
    return versions.changes();
  }

  private static CollectionVersion patched(
      CollectionVersion version, CollectionDescription description) {
    return new CollectionVersion(
        version.name(),
        version.versionId(),
        version.collectionId(),
        description.sources(),
        version.fields(),
        version.indexes(),
        version.policy(),
        description.isActive(),
        description.isMaterialized(),
        version.isBranchable(),
        description.isEmbeddedOnly(),
        description.vectorEmbeddings(),
        version.schema());
  }
}
