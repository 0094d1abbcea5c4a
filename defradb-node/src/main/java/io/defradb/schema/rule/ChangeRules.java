package io.defradb.schema.rule;

import io.defradb.schema.CollectionDescription;
import io.defradb.schema.CollectionVersion.Source;
import io.defradb.schema.Schema;
import io.defradb.schema.SchemaField;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** Rules on what a patch may change: much less than it can express. */
final class ChangeRules {
  private static final Schema NO_SCHEMA = new Schema("", "", "", List.of());

  private ChangeRules() {}

  static void sourcesStay(Definitions after, Definitions before, Faults faults) {
    for (Definition definition : after.collections()) {
      CollectionDescription now = definition.version();
      CollectionDescription old = before.version(now.versionId());
      if (old == null) {
        continue;
      }
      List<Source.Collection> newSources = collectionSources(now);
      List<Source.Collection> oldSources = collectionSources(old);
      if (newSources.size() != oldSources.size()) {
        faults.add(
            "collection sources cannot be added or removed", "CollectionID", now.versionId());
      }
      for (int i = 0; i < Math.min(newSources.size(), oldSources.size()); i++) {
        String newId = newSources.get(i).sourceCollectionId();
        String oldId = oldSources.get(i).sourceCollectionId();
        if (!newId.equals(oldId)) {
          faults.add(
              "collection source ID cannot be mutated",
              "CollectionID",
              now.versionId(),
              "NewCollectionSourceID",
              newId,
              "OldCollectionSourceID",
              oldId);
        }
      }
      if (now.sources().size() - newSources.size() != old.sources().size() - oldSources.size()) {
        faults.add(
            "collection sources cannot be added or removed", "CollectionID", now.versionId());
      }
    }
  }

  private static List<Source.Collection> collectionSources(CollectionDescription version) {
    return version.sources().stream()
        .filter(Source.Collection.class::isInstance)
        .map(Source.Collection.class::cast)
        .toList();
  }

  static void indexesStay(Definitions after, Definitions before, Faults faults) {
    stays(
        after,
        before,
        faults,
        (now, old) -> now.indexes().equals(old.indexes()),
        "collection indexes cannot be mutated",
        "CollectionID");
  }

  static void fieldsStay(Definitions after, Definitions before, Faults faults) {
    stays(
        after,
        before,
        faults,
        (now, old) -> now.fields().equals(old.fields()),
        "collection fields cannot be mutated",
        "CollectionID");
  }

  static void policyStays(Definitions after, Definitions before, Faults faults) {
    stays(
        after,
        before,
        faults,
        (now, old) -> Objects.equals(now.policy(), old.policy()),
        "collection policy cannot be mutated",
        "CollectionID");
  }

  static void collectionIdStays(Definitions after, Definitions before, Faults faults) {
    stays(
        after,
        before,
        faults,
        (now, old) -> now.collectionId().equals(old.collectionId()),
        "collection ID cannot be mutated",
        "CollectionVersionID");
  }

  private static void stays(
      Definitions after,
      Definitions before,
      Faults faults,
      BiPredicate<CollectionDescription, CollectionDescription> isSame,
      String text,
      String key) {
    for (Definition definition : after.collections()) {
      CollectionDescription now = definition.version();
      CollectionDescription old = before.version(now.versionId());
      if (old != null && !isSame.test(now, old)) {
        faults.add(text, key, now.versionId());
      }
    }
  }

  static void versionIdsDiffer(Definitions after, Definitions before, Faults faults) {
    var ids = new HashSet<String>();
    for (Definition definition : after.collections()) {
      if (!ids.add(definition.version().versionId())) {
        faults.add("collection already exists", "ID", definition.version().versionId());
      }
    }
  }

  static void oneVersionIsActive(Definitions after, Definitions before, Faults faults) {
    Set<String> active = new HashSet<>();
    for (Definition definition : after.collections()) {
      CollectionDescription version = definition.version();
      if (version.isActive() && !active.add(version.collectionId())) {
        faults.add(
            "multiple versions of same collection cannot be active",
            "Name",
            version.name(),
            "Root",
            version.collectionId());
      }
    }
  }

  static void schemaIsKnown(Definitions after, Definitions before, Faults faults) {
    for (Schema schema : after.schemas()) {
      if (!schema.name().isEmpty() && before.schema(schema.name()) == null) {
        faults.add("adding schema via patch is not supported", "Name", schema.name());
      }
    }
  }

  static void fieldIsKept(Definitions after, Definitions before, Faults faults) {
    for (Schema schema : after.schemas()) {
      for (SchemaField field : fieldsBefore(before, schema)) {
        if (schema.field(field.name()).isEmpty()) {
          faults.add("deleting an existing field is not supported", "Name", field.name());
        }
      }
    }
  }

  static void fieldIsUnchanged(Definitions after, Definitions before, Faults faults) {
    for (Schema schema : after.schemas()) {
      Map<String, SchemaField> old = new HashMap<>();
      fieldsBefore(before, schema).forEach(field -> old.put(field.name(), field));
      for (SchemaField field : schema.fields()) {
        SchemaField known = old.get(field.name());
        if (known != null && !known.equals(field)) {
          faults.add("mutating an existing field is not supported", "ProposedName", field.name());
        }
      }
    }
  }

  static void fieldIsNotMoved(Definitions after, Definitions before, Faults faults) {
    for (Schema schema : after.schemas()) {
      List<SchemaField> old = fieldsBefore(before, schema);
      Map<String, Integer> places = new HashMap<>();
      for (int i = 0; i < old.size(); i++) {
        places.put(old.get(i).name(), i);
      }
      for (int i = 0; i < schema.fields().size(); i++) {
        String name = schema.fields().get(i).name();
        Integer place = places.get(name);
        if (place != null && place != i) {
          faults.add(
              "moving fields is not currently supported",
              "Name",
              name,
              "ProposedIndex",
              i,
              "ExistingIndex",
              place);
        }
      }
    }
  }

  private static List<SchemaField> fieldsBefore(Definitions before, Schema schema) {
    @Nullable Schema old = before.schema(schema.name());
    return (old == null ? NO_SCHEMA : old).fields();
  }

  static void nameStays(Definitions after, Definitions before, Faults faults) {
    for (Definition definition : after.collections()) {
      CollectionDescription now = definition.version();
      if (now.name().isEmpty()) {
        continue;
      }
      for (Definition known : before.collections()) {
        CollectionDescription old = known.version();
        if (old.collectionId().equals(now.collectionId()) && !old.name().equals(now.name())) {
          faults.add(
              "collection name cannot be mutated", "NewName", now.name(), "OldName", old.name());
        }
      }
    }
  }

  static void nothingIsAdded(Definitions after, Definitions before, Faults faults) {
    for (Definition definition : after.collections()) {
      if (before.version(definition.version().versionId()) == null) {
        faults.add(
            "adding collections via patch is not supported",
            "ID",
            definition.version().versionId());
      }
    }
  }

  static void nothingIsRemoved(Definitions after, Definitions before, Faults faults) {
    for (Definition definition : before.collections()) {
      if (after.version(definition.version().versionId()) == null) {
        faults.add(
            "collections cannot be deleted", "CollectionID", definition.version().versionId());
      }
    }
  }

  static void branchableStays(Definitions after, Definitions before, Faults faults) {
    for (Definition definition : after.collections()) {
      CollectionDescription now = definition.version();
      CollectionDescription old = before.version(now.versionId());
      if (now.isBranchable() != (old != null && old.isBranchable())) {
        faults.add("mutating IsBranchable is not supported", "Collection", now.name());
      }
    }
  }
}
