package io.defradb.schema.rule;

import io.defradb.error.DefraException;
import io.defradb.schema.CollectionDescription;
import io.defradb.schema.CollectionVersion;
import io.defradb.schema.SchemaFieldKind;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Rules on descriptions as a whole, new or changed. */
final class CollectionRules {
  private CollectionRules() {}

  static void namesDiffer(Definitions after, Definitions before, Faults faults) {
    var names = new HashSet<String>();
    for (Definition definition : after.collections()) {
      CollectionDescription version = definition.version();
      if (version.isActive() && !version.name().isEmpty() && !names.add(version.name())) {
        faults.add("collection already exists", "Name", version.name());
      }
    }
  }

  static void hasName(Definitions after, Definitions before, Faults faults) {
    for (Definition definition : after.collections()) {
      if (definition.version().name().isEmpty()) {
        faults.add("collection name can't be empty");
      }
    }
  }

  /** The rule that asks access control. */
  static Rule policyExists(PolicyCheck check) {
    return (after, before, faults) -> {
      for (Definition definition : after.collections()) {
        CollectionVersion.Policy policy = definition.version().policy();
        if (policy != null) {
          try {
            check.check(policy.id(), policy.resourceName());
          } catch (DefraException e) {
            faults.add(e);
          }
        }
      }
    };
  }

  static void onlyViewsAreComputed(Definitions after, Definitions before, Faults faults) {
    for (Definition definition : after.collections()) {
      CollectionDescription version = definition.version();
      if (!version.isView() && !version.isMaterialized()) {
        faults.add("non-materialized collections are not supported", "Collection", version.name());
      }
    }
  }

  static void materializedHasNoPolicy(Definitions after, Definitions before, Faults faults) {
    for (Definition definition : after.collections()) {
      CollectionDescription version = definition.version();
      if (version.isView() && version.isMaterialized() && version.policy() != null) {
        faults.add("materialized views do not support ACP", "Collection", version.name());
      }
    }
  }

  /** The reference finds this when it makes GraphQL types, after all other rules. */
  static void onlyViewsAreEmbedded(Definitions after, Definitions before, Faults faults) {
    for (Definition definition : after.collections()) {
      CollectionDescription version = definition.version();
      if (version.isEmbeddedOnly() && !version.isView()) {
        faults.add("no type found for given name", "Type", version.name() + "MutationInputArg");
        return;
      }
    }
  }

  /** The same: an active collection needs an active version of what it relates to. */
  static void relationsHaveActiveTypes(Definitions after, Definitions before, Faults faults) {
    Set<String> active =
        after.collections().stream()
            .filter(definition -> definition.version().isActive())
            .map(definition -> definition.version().collectionId())
            .collect(Collectors.toSet());
    for (Definition definition : after.collections()) {
      for (CollectionDescription.Field field : definition.version().fields()) {
        if (definition.version().isActive()
            && definition.kind(field.name()) instanceof SchemaFieldKind.CollectionRef ref
            && !active.contains(ref.root())) {
          faults.add("no type found for given name", "Type", ref.root());
          return;
        }
      }
    }
  }
}
