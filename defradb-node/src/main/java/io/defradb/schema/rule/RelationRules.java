package io.defradb.schema.rule;

import io.defradb.document.FieldKind;
import io.defradb.schema.CollectionDescription;
import io.defradb.schema.Schema;
import io.defradb.schema.SchemaField;
import io.defradb.schema.SchemaFieldKind;
import org.jspecify.annotations.Nullable;

/** Rules on relations: that they point somewhere, pair up, and are keyed on one side. */
final class RelationRules {
  private RelationRules() {}

  static void pointsToKnownType(Definitions after, Definitions before, Faults faults) {
    for (Definition definition : after.collections()) {
      for (CollectionDescription.Field field : definition.version().fields()) {
        checkTarget(after, definition, field.name(), field.kind(), faults);
      }
    }
    for (Schema schema : after.schemas()) {
      for (SchemaField field : schema.fields()) {
        Definition host = Definition.of(schema);
        checkTarget(after, host, field.name(), field.kind(), faults);
      }
    }
  }

  private static void checkTarget(
      Definitions after,
      Definition host,
      String fieldName,
      @Nullable SchemaFieldKind kind,
      Faults faults) {
    if (kind != null && kind.isRelation() && after.target(host, kind) == null) {
      faults.add("no type found for given name", "Field", fieldName, "Kind", kind.text());
    }
  }

  /** A side without a key needs a side with one, except toward embedded types. */
  static void secondaryPairsUp(Definitions after, Definitions before, Faults faults) {
    for (Definition definition : after.collections()) {
      for (CollectionDescription.Field field : definition.version().fields()) {
        SchemaFieldKind kind = field.kind();
        if (kind == null || !kind.isRelation() || definition.isInSchema(field.name())) {
          continue;
        }
        Definition target = after.target(definition, kind);
        if (target == null || target.version().isEmbeddedOnly() || field.relationName() == null) {
          continue;
        }
        CollectionDescription.Field other =
            Definitions.otherSide(
                target, field.relationName(), definition.version().name(), field.name());
        // Both faults are reported when there is no other side at all.
        int missing = other == null ? 2 : target.isInSchema(other.name()) ? 0 : 1;
        for (int i = 0; i < missing; i++) {
          faults.add(
              "relation missing field",
              "Object",
              target.version().name(),
              "RelationName",
              field.relationName());
        }
      }
    }
  }

  static void onePrimarySide(Definitions after, Definitions before, Faults faults) {
    for (Definition definition : after.collections()) {
      for (CollectionDescription.Field field : definition.version().fields()) {
        SchemaFieldKind kind = field.kind();
        if (kind == null
            || !kind.isRelation()
            || field.relationName() == null
            || !definition.isInSchema(field.name())) {
          continue;
        }
        Definition target = after.target(definition, kind);
        CollectionDescription.Field other =
            target == null
                ? null
                : Definitions.otherSide(
                    target, field.relationName(), definition.version().name(), field.name());
        if (target != null && other != null && target.isInSchema(other.name())) {
          faults.add("relation can only have a single field set as primary");
        }
      }
    }
  }

  static void keyIsId(Definitions after, Definitions before, Faults faults) {
    for (Schema schema : after.schemas()) {
      for (SchemaField field : schema.fields()) {
        if (!field.kind().isRelation() || field.kind().isArray()) {
          continue;
        }
        schema
            .field(field.name() + "_id")
            .filter(key -> !key.kind().equals(new SchemaFieldKind.Scalar(FieldKind.ID)))
            .ifPresent(
                key ->
                    faults.add(
                        "relational id field of invalid kind",
                        "Field",
                        key.name(),
                        "Expected",
                        FieldKind.ID.sdl(),
                        "Actual",
                        key.kind().text()));
      }
    }
  }

  static void manySideIsLocal(Definitions after, Definitions before, Faults faults) {
    for (Schema schema : after.schemas()) {
      for (SchemaField field : schema.fields()) {
        if (field.kind().isRelation() && field.kind().isArray()) {
          faults.add(
              "secondary relation fields cannot be defined on the schema", "Name", field.name());
        }
      }
    }
  }

  static void selfIsNamedSelf(Definitions after, Definitions before, Faults faults) {
    for (Schema schema : after.schemas()) {
      Definition host = Definition.of(schema);
      for (SchemaField field : schema.fields()) {
        checkSelf(after, host, field.name(), field.kind(), faults);
      }
    }
    for (Definition definition : after.collections()) {
      for (CollectionDescription.Field field : definition.version().fields()) {
        checkSelf(after, definition, field.name(), field.kind(), faults);
      }
    }
  }

  private static void checkSelf(
      Definitions after,
      Definition host,
      String fieldName,
      @Nullable SchemaFieldKind kind,
      Faults faults) {
    if (kind == null || !kind.isRelation() || kind instanceof SchemaFieldKind.SelfRef) {
      return;
    }
    Definition target = after.target(host, kind);
    if (target != null && target.schema().root().equals(host.schema().root())) {
      faults.add("must specify 'Self' kind for self referencing relations", "Field", fieldName);
    }
  }
}
