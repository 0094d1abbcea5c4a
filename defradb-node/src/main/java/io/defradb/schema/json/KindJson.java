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
}
