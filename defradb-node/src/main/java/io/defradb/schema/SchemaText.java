package io.defradb.schema;

import java.util.List;

/**
 * The JSON text that a version ID is the hash of (data-model 4.2): keys in a fixed order, no
 * spaces. Pure.
 */
public final class SchemaText {
  private SchemaText() {}

  /** One schema, as an object. */
  public static String of(Schema schema) {
    var text = new StringBuilder();
    append(text, schema);
    return text.toString();
  }

  /** A set of schemas that refer to each other, as an array. {@code schemas}: sorted by name. */
  public static String ofSet(List<Schema> schemas) {
    var text = new StringBuilder("[");
    for (int i = 0; i < schemas.size(); i++) {
      if (i > 0) {
        text.append(',');
      }
      append(text, schemas.get(i));
    }
    return text.append(']').toString();
  }

  private static void append(StringBuilder text, Schema schema) {
    text.append("{\"Root\":");
    quote(text, schema.root());
    text.append(",\"VersionID\":");
    quote(text, schema.versionId());
    text.append(",\"Name\":");
    quote(text, schema.name());
    text.append(",\"Fields\":[");
    boolean isFirst = true;
    for (SchemaField field : schema.fields()) {
      if (!isFirst) {
        text.append(',');
      }
      isFirst = false;
      text.append("{\"Name\":");
      quote(text, field.name());
      text.append(",\"Kind\":");
      append(text, field.kind());
      text.append(",\"Typ\":").append(field.crdt().number()).append('}');
    }
    text.append("]}");
  }

  private static void append(StringBuilder text, SchemaFieldKind kind) {
    if (kind instanceof SchemaFieldKind.Scalar scalar) {
      text.append(scalar.kind().number());
    } else if (kind instanceof SchemaFieldKind.Unknown unknown) {
      text.append(unknown.number());
    } else if (kind instanceof SchemaFieldKind.Named named) {
      text.append("{\"Name\":");
      quote(text, named.name());
      text.append(",\"Array\":").append(named.isArray()).append('}');
    } else if (kind instanceof SchemaFieldKind.CollectionRef ref) {
      text.append("{\"Array\":").append(ref.isArray()).append(",\"Root\":");
      quote(text, ref.root());
      text.append('}');
    } else if (kind instanceof SchemaFieldKind.SelfRef self) {
      text.append("{\"RelativeID\":");
      quote(text, self.relativeId());
      text.append(",\"Array\":").append(self.isArray()).append('}');
    }
  }

  /** Escapes as Go's JSON does; names that are valid never need it, proposed ones may. */
  private static void quote(StringBuilder text, String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        case '\b' -> text.append("\\b");
        case '\f' -> text.append("\\f");
        default -> {
          if (c < 0x20 || c == '<' || c == '>' || c == '&' || c == '\u2028' || c == '\u2029') {
            text.append(String.format("\\u%04x", (int) c));
          } else {
            text.append(c);
          }
        }
      }
    }
    text.append('"');
  }
}
