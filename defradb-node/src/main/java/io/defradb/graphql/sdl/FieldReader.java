package io.defradb.graphql.sdl;

import io.defradb.crdt.CrdtType;
import io.defradb.document.FieldKind;
import io.defradb.document.Value;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.schema.SchemaFieldKind;
import io.defradb.schema.draft.CollectionDraft;
import io.defradb.schema.rule.FieldRules;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a field definition: its kind and the directives that are part of it. */
final class FieldReader {
  private FieldReader() {}

  static CollectionDraft.Field read(String typeName, SdlDocument.Field field) {
    SchemaFieldKind kind = kind(typeName, field);
    CrdtType crdt = crdt(field, kind);
    Value defaultValue = null;
    int size = 0;
    for (SdlDocument.Directive directive : field.directives()) {
      if (directive.name().equals("default")) {
        defaultValue = DefaultReader.read(field, directive);
      } else if (directive.name().equals("constraints")) {
        size = size(kind, directive);
      }
    }
    boolean isPrimary =
        field.directives().stream().anyMatch(directive -> directive.name().equals("primary"));
    String relationName =
        kind instanceof SchemaFieldKind.Named named
            ? relationName(field, typeName, named.name())
            : null;
    return new CollectionDraft.Field(
        field.name(), kind, crdt, relationName, isPrimary, defaultValue, size);
  }

  private static SchemaFieldKind kind(String typeName, SdlDocument.Field field) {
    SdlDocument.TypeRef type = field.type();
    if (type == null) {
      throw notSpecified(typeName, field);
    }
    return switch (type.form()) {
      case NAMED -> named(type.name());
      case LIST -> list(typeName, field, type.inner());
      case NON_NULL ->
          throw new DefraException(
              ErrorCode.INVALID_SCHEMA, "NonNull fields are not currently supported");
    };
  }

  private static SchemaFieldKind named(String name) {
    FieldKind kind = FieldKind.bySdl(name);
    return kind == null ? new SchemaFieldKind.Named(name, false) : new SchemaFieldKind.Scalar(kind);
  }

  private static SchemaFieldKind list(
      String typeName, SdlDocument.Field field, SdlDocument.@Nullable TypeRef element) {
    boolean isNonNull = element != null && element.form() == SdlDocument.TypeRef.Form.NON_NULL;
    SdlDocument.TypeRef inner = isNonNull && element != null ? element.inner() : element;
    if (inner == null) {
      throw notSpecified(typeName, field);
    }
    if (inner.form() != SdlDocument.TypeRef.Form.NAMED) {
      // The reference crashes on nested lists (faults.md 13).
      throw new DefraException(
          ErrorCode.INVALID_SCHEMA,
          "no type found for given name",
          "Field",
          field.name(),
          "Kind",
          print(field.type()));
    }
    FieldKind kind = FieldKind.bySdl("[" + inner.name() + (isNonNull ? "!]" : "]"));
    if (kind != null) {
      return new SchemaFieldKind.Scalar(kind);
    }
    if (isNonNull) {
      throw new DefraException(
          ErrorCode.INVALID_SCHEMA,
          "NonNull variants for type are not supported",
          "Type",
          inner.name());
    }
    return new SchemaFieldKind.Named(inner.name(), true);
  }

  private static String print(SdlDocument.@Nullable TypeRef type) {
    if (type == null) {
      return "";
    }
    return switch (type.form()) {
      case NAMED -> type.name();
      case LIST -> "[" + print(type.inner()) + "]";
      case NON_NULL -> print(type.inner()) + "!";
    };
  }

  private static DefraException notSpecified(String typeName, SdlDocument.Field field) {
    return new DefraException(
        ErrorCode.INVALID_SCHEMA,
        "field type not specified",
        "Object",
        typeName,
        "Field",
        field.name());
  }

  private static CrdtType crdt(SdlDocument.Field field, SchemaFieldKind kind) {
    for (SdlDocument.Directive directive : field.directives()) {
      Literal name = directive.name().equals("crdt") ? directive.argument("type") : null;
      if (name != null && name.kind() == Literal.Kind.ENUM) {
        CrdtType crdt = CRDTS.getOrDefault(name.text(), CrdtType.LWW);
        if (!FieldRules.canHold(crdt, kind)) {
          throw new DefraException(ErrorCode.INVALID_SCHEMA, FieldRules.mismatch(crdt, kind));
        }
        return crdt;
      }
    }
    return kind.isRelation() && kind.isArray() ? CrdtType.NONE : CrdtType.LWW;
  }

  private static final Map<String, CrdtType> CRDTS =
      Map.of("lww", CrdtType.LWW, "pncounter", CrdtType.PN_COUNTER, "pcounter", CrdtType.P_COUNTER);

  private static int size(SchemaFieldKind kind, SdlDocument.Directive directive) {
    Literal size = directive.argument("size");
    if (size == null) {
      return 0;
    }
    if (!kind.isArray()) {
      throw new DefraException(
          ErrorCode.INVALID_SCHEMA,
          "size constraint can only be applied to array fields",
          "Actual",
          kind.text());
    }
    return size.kind() == Literal.Kind.INT ? Integer.parseInt(size.text()) : 0;
  }

  private static String relationName(SdlDocument.Field field, String host, String target) {
    for (SdlDocument.Directive directive : field.directives()) {
      Literal name = directive.name().equals("relation") ? directive.argument("name") : null;
      if (name != null) {
        if (name.kind() != Literal.Kind.STRING) {
          throw new DefraException(
              ErrorCode.INVALID_SCHEMA,
              "unexpected type. Property: Relationship name, Expected: string, Actual: <nil>");
        }
        return name.text();
      }
    }
    String a = host.toLowerCase(Locale.ROOT);
    String b = target.toLowerCase(Locale.ROOT);
    return a.compareTo(b) < 0 ? a + "_" + b : b + "_" + a;
  }
}
