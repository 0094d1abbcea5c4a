package io.defradb.schema.rule;

import io.defradb.crdt.CrdtType;
import io.defradb.document.FieldKind;
import io.defradb.schema.Schema;
import io.defradb.schema.SchemaField;
import io.defradb.schema.SchemaFieldKind;
import java.util.HashSet;
import java.util.regex.Pattern;

/** Rules on the fields of schemas: their names, kinds and merge rules. */
public final class FieldRules {
  private static final Pattern NAME = Pattern.compile("[_a-zA-Z][_a-zA-Z0-9]*");

  private FieldRules() {}

  static void schemaHasName(Definitions after, Definitions before, Faults faults) {
    for (Schema schema : after.schemas()) {
      if (schema.name().isEmpty()) {
        faults.add("schema name can't be empty");
      }
    }
  }

  static void crdtIsSupported(Definitions after, Definitions before, Faults faults) {
    for (Schema schema : after.schemas()) {
      for (SchemaField field : schema.fields()) {
        if (field.crdt() == CrdtType.OBJECT || field.crdt() == CrdtType.COMPOSITE) {
          faults.add(
              "CRDT type not supported", "Name", field.name(), "CRDTType", field.crdt().sdl());
        }
      }
    }
  }

  static void crdtFitsKind(Definitions after, Definitions before, Faults faults) {
    for (Schema schema : after.schemas()) {
      for (SchemaField field : schema.fields()) {
        if (!canHold(field.crdt(), field.kind())) {
          faults.add(mismatch(field.crdt(), field.kind()));
        }
      }
    }
  }

  /** True when a field of this kind may have this merge rule: counters count numbers. */
  public static boolean canHold(CrdtType crdt, SchemaFieldKind kind) {
    if (!crdt.isCounter()) {
      return true;
    }
    return kind instanceof SchemaFieldKind.Scalar scalar
        && (scalar.kind() == FieldKind.INT
            || scalar.kind() == FieldKind.FLOAT64
            || scalar.kind() == FieldKind.FLOAT32);
  }

  /** What is said when {@link #canHold} is false. */
  public static String mismatch(CrdtType crdt, SchemaFieldKind kind) {
    return "CRDT type " + crdt.sdl() + " can't be assigned to field kind " + kind.text();
  }

  static void namesDiffer(Definitions after, Definitions before, Faults faults) {
    for (Schema schema : after.schemas()) {
      var names = new HashSet<String>();
      for (SchemaField field : schema.fields()) {
        if (!names.add(field.name())) {
          faults.add("duplicate field", "Name", field.name());
        }
      }
    }
  }

  /** The reference finds these when it makes GraphQL types, after all other rules. */
  static void canBecomeType(Definitions after, Definitions before, Faults faults) {
    for (Schema schema : after.schemas()) {
      for (SchemaField field : schema.fields()) {
        if (field.kind() instanceof SchemaFieldKind.Unknown) {
          faults.add("no type found for given name", "Type", field.kind().text());
        } else if (!NAME.matcher(field.name()).matches()) {
          faults.add(
              "Names must match /^[_a-zA-Z][_a-zA-Z0-9]*$/ but \"" + field.name() + "\" does not.");
        }
      }
    }
  }
}
