package io.defradb.schema.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.defradb.crdt.CrdtType;
import io.defradb.document.JsonWriter;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.schema.Schema;
import io.defradb.schema.SchemaField;
import java.util.List;
import java.util.Map;

/** Schemas as JSON: {@code {"Root","VersionID","Name","Fields":[{"Name","Kind","Typ"}]}}. Pure. */
public final class SchemaJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final List<String> MEMBERS = List.of("Root", "VersionID", "Name", "Fields");
  private static final int BYTE_MAX = 255;

  private SchemaJson() {}

  /** Writes the schema. */
  public static void write(JsonWriter json, Schema schema) {
    TreeText.write(json, tree(schema));
  }

  /** The schema as a tree, for a patch to work on. */
  public static ObjectNode tree(Schema schema) {
    ObjectNode tree = JSON.objectNode();
    tree.put("Root", schema.root());
    tree.put("VersionID", schema.versionId());
    tree.put("Name", schema.name());
    ArrayNode fields = tree.putArray("Fields");
    for (SchemaField field : schema.fields()) {
      ObjectNode entry = fields.addObject();
      entry.put("Name", field.name());
      entry.set("Kind", KindJson.write(field.kind()));
      entry.put("Typ", field.crdt().number());
    }
    return tree;
  }

  /**
   * Reads a schema, as it is after a patch.
   *
   * @throws DefraException INVALID_PATCH for an unknown member, a member of the wrong type, or
   *     numbers of no merge rule
   */
  public static Schema read(JsonNode tree) {
    Members members = Members.of(tree, "SchemaDescription");
    for (Map.Entry<String, JsonNode> member : tree.properties()) {
      if (MEMBERS.stream().noneMatch(member.getKey()::equalsIgnoreCase)) {
        throw new DefraException(
            ErrorCode.INVALID_PATCH, "json: unknown field \"" + member.getKey() + "\"");
      }
    }
    refuseUnknownCrdts(members);
    return new Schema(
        members.text("Root"),
        members.text("VersionID"),
        members.text("Name"),
        members.list("Fields", "client.SchemaFieldDescription", SchemaJson::field));
  }

  private static void refuseUnknownCrdts(Members schema) {
    List<String> faults =
        schema.list("Fields", "client.SchemaFieldDescription", SchemaJson::fieldMembers).stream()
            .filter(field -> CrdtType.byNumber(typ(field)).isEmpty())
            .map(
                field ->
                    "CRDT type not supported. Name: " + field.text("Name") + ", CRDTType: unknown")
            .toList();
    if (!faults.isEmpty()) {
      throw new DefraException(ErrorCode.INVALID_SCHEMA, String.join("\n", faults));
    }
  }

  private static SchemaField field(JsonNode tree) {
    Members members = fieldMembers(tree);
    return new SchemaField(
        members.text("Name"),
        KindJson.readProposed(members.get("Kind"), members.struct()),
        CrdtType.byNumber(typ(members)).orElse(CrdtType.NONE));
  }

  private static Members fieldMembers(JsonNode tree) {
    return Members.of(tree, "SchemaDescription", "Fields", "client.schemaFieldDescription");
  }

  private static int typ(Members field) {
    return field.number("Typ", BYTE_MAX, "client.CType");
  }
}
