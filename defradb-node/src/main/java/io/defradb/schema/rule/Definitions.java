package io.defradb.schema.rule;

import io.defradb.schema.CollectionDescription;
import io.defradb.schema.Schema;
import io.defradb.schema.SchemaFieldKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All definitions as they are, or as they would be, with look-ups. Of equal names the last counts.
 */
final class Definitions {
  private final Map<String, Definition> firstByName = new HashMap<>();
  private final List<Definition> collections = new ArrayList<>();
  private final Map<String, Definition> byName = new LinkedHashMap<>();
  private final Map<String, Definition> byRoot = new HashMap<>();
  private final Map<String, Definition> byVersionId = new HashMap<>();
  private final Map<String, Schema> schemasByName = new LinkedHashMap<>();

  Definitions(List<Definition> all) {
    for (Definition definition : all) {
      firstByName.putIfAbsent(definition.version().name(), definition);
      byName.put(definition.version().name(), definition);
      byRoot.put(definition.schema().root(), definition);
      schemasByName.put(definition.schema().name(), definition.schema());
      if (!definition.version().versionId().isEmpty()) {
        byVersionId.put(definition.version().versionId(), definition);
        collections.add(definition);
      }
    }
  }

  /** Those with a version ID, in order. */
  List<Definition> collections() {
    return collections;
  }

  Collection<Definition> byName() {
    return byName.values();
  }

  Collection<Schema> schemas() {
    return schemasByName.values();
  }

  @Nullable Schema schema(String name) {
    return schemasByName.get(name);
  }

  @Nullable CollectionDescription version(String versionId) {
    Definition definition = byVersionId.get(versionId);
    return definition == null ? null : definition.version();
  }

  /** What a relation of {@code host} points to. */
  @Nullable Definition target(Definition host, SchemaFieldKind kind) {
    if (kind instanceof SchemaFieldKind.Named named) {
      return firstByName.get(named.name());
    }
    if (kind instanceof SchemaFieldKind.CollectionRef ref) {
      return byRoot.get(ref.root());
    }
    if (kind instanceof SchemaFieldKind.SelfRef self) {
      String root = host.schema().root();
      int dash = root.indexOf('-');
      String set = dash < 0 ? root : root.substring(0, dash);
      return self.relativeId().isEmpty() ? host : byRoot.get(set + "-" + self.relativeId());
    }
    return null;
  }

  /** The other side of a relation: a field of {@code target} that is no key and not this side. */
  static CollectionDescription.@Nullable Field otherSide(
      Definition target, @Nullable String relationName, String hostName, String fieldName) {
    for (CollectionDescription.Field field : target.version().fields()) {
      if (Objects.equals(field.relationName(), relationName)
          && field.kind() != null
          && field.kind().isRelation()
          && !(target.version().name().equals(hostName) && fieldName.equals(field.name()))) {
        return field;
      }
    }
    return null;
  }
}
