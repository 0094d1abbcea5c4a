package io.defradb.schema;

import io.defradb.multiformats.Cid;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Gives schemas their version IDs and resolves their relations (data-model 4.2, 4.3). Pure. */
public final class SchemaIds {
  private SchemaIds() {}

  /**
   * The schemas with version IDs made from their texts as they are now, and after that their named
   * relations resolved among themselves. A schema without a root becomes its own root.
   *
   * <p>A name that is not among them stays a name: a rule refuses it later, with its own text.
   *
   * @return in the order given
   */
  public static List<Schema> assign(List<Schema> schemas) {
    var ids = new IdentityHashMap<Schema, String>();
    for (List<Schema> set : SchemaSets.of(schemas)) {
      if (set.size() == 1) {
        ids.put(set.get(0), id(SchemaText.of(set.get(0))));
      } else {
        String id = id(SchemaText.ofSet(set));
        for (int i = 0; i < set.size(); i++) {
          ids.put(set.get(i), id + "-" + i);
        }
      }
    }
    var named = new ArrayList<Schema>(schemas.size());
    Map<String, String> roots = new HashMap<>();
    for (Schema schema : schemas) {
      String id = ids.getOrDefault(schema, "");
      String root = schema.root().isEmpty() ? id : schema.root();
      roots.put(schema.name(), root);
      named.add(new Schema(root, id, schema.name(), schema.fields()));
    }
    return named.stream().map(schema -> resolve(schema, roots)).toList();
  }

  private static String id(String text) {
    return Cid.of(Cid.RAW, text.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private static Schema resolve(Schema schema, Map<String, String> roots) {
    var fields = new ArrayList<SchemaField>(schema.fields().size());
    for (SchemaField field : schema.fields()) {
      SchemaFieldKind kind = field.kind();
      if (kind instanceof SchemaFieldKind.Named relation) {
        String root = roots.get(relation.name());
        if (root != null) {
          kind = resolve(schema.root(), root, relation.isArray());
        }
      }
      fields.add(new SchemaField(field.name(), kind, field.crdt()));
    }
    return new Schema(schema.root(), schema.versionId(), schema.name(), fields);
  }

  private static SchemaFieldKind resolve(String host, String target, boolean isArray) {
    if (setOf(host).equals(setOf(target))) {
      String relativeId =
          target.equals(setOf(target)) ? "" : target.substring(setOf(target).length() + 1);
      return new SchemaFieldKind.SelfRef(relativeId, isArray);
    }
    return new SchemaFieldKind.CollectionRef(target, isArray);
  }

  /** The ID without the member's index. */
  static String setOf(String root) {
    int dash = root.indexOf('-');
    return dash < 0 ? root : root.substring(0, dash);
  }
}
