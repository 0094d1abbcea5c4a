package io.defradb.schema.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.defradb.document.FieldKind;
import io.defradb.schema.SchemaFieldKind;

/**
 * The kind of a field in JSON, the same in descriptions, hashed texts and the catalog (data-model
 * 4.2): a number, {@code {"Name","Array"}}, {@code {"Array","Root"}} or {@code {"RelativeID",
 * "Array"}}.
 */
final class KindJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private static final int BYTE_MAX = 255;

  private KindJson() {}

  static JsonNode write(SchemaFieldKind kind) {
    if (kind instanceof SchemaFieldKind.Scalar scalar) {
      return JSON.numberNode(scalar.kind().number());
    }
    if (kind instanceof SchemaFieldKind.Named named) {
      return JSON.objectNode().put("Name", named.name()).put("Array", named.isArray());
    }
    if (kind instanceof SchemaFieldKind.CollectionRef ref) {
      return JSON.objectNode().put("Array", ref.isArray()).put("Root", ref.root());
    }
    if (kind instanceof SchemaFieldKind.Unknown unknown) {
      return JSON.numberNode(unknown.number());
    }
    SchemaFieldKind.SelfRef self = (SchemaFieldKind.SelfRef) kind;
    return JSON.objectNode().put("RelativeID", self.relativeId()).put("Array", self.isArray());
  }

  /** Reads what {@link #write} wrote; throws CORRUPT for anything else. */
  static SchemaFieldKind read(JsonNode tree) {
    if (tree.isInt()) {
      FieldKind kind = FieldKind.byNumber(tree.intValue());
      if (kind == null) {
        throw CollectionVersionCodec.damaged();
      }
      return new SchemaFieldKind.Scalar(kind);
    }
    boolean isArray = tree.path("Array").asBoolean();
    if (tree.has("Name")) {
      return new SchemaFieldKind.Named(tree.get("Name").asText(), isArray);
    }
    if (tree.has("Root")) {
      return new SchemaFieldKind.CollectionRef(tree.get("Root").asText(), isArray);
    }
    if (tree.has("RelativeID")) {
      return new SchemaFieldKind.SelfRef(tree.get("RelativeID").asText(), isArray);
    }
    throw CollectionVersionCodec.damaged();
  }

  /**
   * Reads a kind as a patch may write it: also by its SDL name, {@code Self}, or the name of a
   * type; a number of no kind is {@code Unknown}, and so is what is missing, as 0.
   *
   * @param path where it stands, for messages
   */
  static SchemaFieldKind readProposed(JsonNode tree, String path) {
    if (tree.isObject()) {
      Members members = Members.of(tree, "objectKind");
      String root = members.text("Root");
      boolean isArray = members.flag("Array");
      return root.isEmpty()
          ? new SchemaFieldKind.SelfRef(members.text("RelativeID"), isArray)
          : new SchemaFieldKind.CollectionRef(root, isArray);
    }
    if (tree.isTextual()) {
      return named(tree.textValue());
    }
    if (tree.isNull() || tree.isMissingNode()) {
      return new SchemaFieldKind.Unknown(0);
    }
    if (!tree.isIntegralNumber()
        || !tree.canConvertToInt()
        || tree.intValue() < 0
        || tree.intValue() > BYTE_MAX) {
      throw GoJsonFaults.member(tree, path, "uint8");
    }
    FieldKind kind = FieldKind.byNumber(tree.intValue());
    return kind == null
        ? new SchemaFieldKind.Unknown(tree.intValue())
        : new SchemaFieldKind.Scalar(kind);
  }

  private static SchemaFieldKind named(String text) {
    FieldKind kind = FieldKind.bySdl(text);
    if (kind != null) {
      return new SchemaFieldKind.Scalar(kind);
    }
    boolean isArray = text.length() >= 2 && text.startsWith("[") && text.endsWith("]");
    String name = isArray ? text.substring(1, text.length() - 1) : text;
    return name.equals("Self")
        ? new SchemaFieldKind.SelfRef("", isArray)
        : new SchemaFieldKind.Named(name, isArray);
  }
}
