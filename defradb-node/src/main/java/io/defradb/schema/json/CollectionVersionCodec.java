package io.defradb.schema.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.defradb.crdt.CrdtType;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.schema.CollectionField;
import io.defradb.schema.CollectionVersion;
import io.defradb.schema.IndexDescription;
import io.defradb.schema.Schema;
import io.defradb.schema.SchemaField;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A collection version as the catalog stores it: complete, unlike the description, and with a
 * number of its format in front, so that later forms can be told apart.
 *
 * <pre>
 * {"v":1,"name","version","collection","sources","fields","indexes","policy",
 *  "flags":[active, materialized, branchable, embeddedOnly],"embeddings","schema"}
 * </pre>
 *
 * <p>Pure; safe for use by many threads.
 */
public final class CollectionVersionCodec {
  private static final int FORMAT = 1;
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final ObjectMapper mapper = new ObjectMapper();

  public byte[] encode(CollectionVersion version) {
    ObjectNode tree = JSON.objectNode();
    tree.put("v", FORMAT);
    tree.put("name", version.name());
    tree.put("version", version.versionId());
    tree.put("collection", version.collectionId());
    tree.set("sources", array(version.sources(), CollectionVersionCodec::source));
    tree.set("fields", array(version.fields(), CollectionVersionCodec::field));
    tree.set("indexes", array(version.indexes(), CollectionVersionCodec::index));
    tree.set("policy", policy(version.policy()));
    tree.putArray("flags")
        .add(version.isActive())
        .add(version.isMaterialized())
        .add(version.isBranchable())
        .add(version.isEmbeddedOnly());
    tree.set("embeddings", array(version.vectorEmbeddings(), CollectionVersionCodec::embedding));
    tree.set("schema", schema(version.schema()));
    if (!version.fieldNumbers().isEmpty()) {
      ArrayNode numbers = tree.putArray("numbers");
      version.fieldNumbers().forEach(numbers::add);
    }
    try {
      return mapper.writeValueAsBytes(tree);
    } catch (IOException e) {
      throw new DefraException(ErrorCode.INTERNAL, "cannot encode a collection version", e);
    }
  }

  /**
   * The inverse of {@link #encode}.
   *
   * @throws DefraException CORRUPT for anything that it did not make
   */
  public CollectionVersion decode(byte[] bytes) {
    try {
      JsonNode tree = mapper.readTree(bytes);
      if (tree.path("v").asInt() != FORMAT) {
        throw new DefraException(
            ErrorCode.CORRUPT,
            "unknown format of a stored collection version",
            "Format",
            tree.path("v").asText());
      }
      JsonNode flags = need(tree, "flags");
      return new CollectionVersion(
          text(tree, "name"),
          text(tree, "version"),
          text(tree, "collection"),
          list(need(tree, "sources"), CollectionVersionCodec::source),
          list(need(tree, "fields"), CollectionVersionCodec::field),
          list(need(tree, "indexes"), CollectionVersionCodec::index),
          policy(need(tree, "policy")),
          flags.path(0).asBoolean(),
          flags.path(1).asBoolean(),
          flags.path(2).asBoolean(),
          flags.path(3).asBoolean(),
          list(need(tree, "embeddings"), CollectionVersionCodec::embedding),
          schema(need(tree, "schema")),
          numbers(tree.path("numbers")));
    } catch (IOException | IllegalArgumentException e) {
      throw new DefraException(ErrorCode.CORRUPT, "a stored collection version is damaged", e);
    }
  }

  private static List<Integer> numbers(JsonNode tree) {
    var numbers = new ArrayList<Integer>(tree.size());
    tree.forEach(number -> numbers.add(number.asInt()));
    return numbers;
  }

  private static JsonNode source(CollectionVersion.Source source) {
    ObjectNode tree = JSON.objectNode();
    if (source instanceof CollectionVersion.Source.Collection collection) {
      tree.put("collection", collection.sourceCollectionId());
      tree.put("transform", collection.transformJson());
    } else if (source instanceof CollectionVersion.Source.Query query) {
      tree.put("query", query.queryJson());
      tree.put("transform", query.transformJson());
    }
    return tree;
  }

  private static CollectionVersion.Source source(JsonNode tree) {
    String transform = textOrNull(tree, "transform");
    return tree.has("query")
        ? new CollectionVersion.Source.Query(text(tree, "query"), transform)
        : new CollectionVersion.Source.Collection(text(tree, "collection"), transform);
  }

  private static JsonNode field(CollectionField field) {
    ObjectNode tree = JSON.objectNode();
    tree.put("name", field.name());
    tree.set("kind", KindJson.write(field.kind()));
    tree.put("crdt", field.crdt().number());
    tree.put("relation", field.relationName());
    tree.put("primary", field.isPrimary());
    tree.put("shared", field.isInSchema());
    tree.put("patched", field.isPatched());
    if (field.defaultValue() != null) {
      tree.set("default", StoredValue.write(field.defaultValue()));
    }
    tree.put("size", field.sizeRequired());
    return tree;
  }

  private static CollectionField field(JsonNode tree) {
    JsonNode defaultValue = tree.get("default");
    return new CollectionField(
        text(tree, "name"),
        KindJson.read(need(tree, "kind")),
        crdt(need(tree, "crdt")),
        textOrNull(tree, "relation"),
        need(tree, "primary").asBoolean(),
        need(tree, "shared").asBoolean(),
        need(tree, "patched").asBoolean(),
        defaultValue == null ? null : StoredValue.read(defaultValue),
        need(tree, "size").asInt());
  }

  private static CrdtType crdt(JsonNode number) {
    return CrdtType.byNumber(number.asInt(-1)).orElseThrow(CollectionVersionCodec::damaged);
  }

  private static JsonNode index(IndexDescription index) {
    ObjectNode tree = JSON.objectNode();
    tree.put("name", index.name());
    tree.put("id", index.id());
    tree.put("unique", index.isUnique());
    tree.set(
        "fields",
        array(
            index.fields(),
            field ->
                JSON.objectNode().put("name", field.name()).put("desc", field.isDescending())));
    return tree;
  }

  private static IndexDescription index(JsonNode tree) {
    return new IndexDescription(
        text(tree, "name"),
        need(tree, "id").asInt(),
        list(
            need(tree, "fields"),
            field ->
                new IndexDescription.IndexedField(
                    text(field, "name"), need(field, "desc").asBoolean())),
        need(tree, "unique").asBoolean());
  }

  private static JsonNode policy(CollectionVersion.@Nullable Policy policy) {
    return policy == null
        ? JSON.nullNode()
        : JSON.objectNode().put("id", policy.id()).put("resource", policy.resourceName());
  }

  private static CollectionVersion.@Nullable Policy policy(JsonNode tree) {
    return tree.isNull()
        ? null
        : new CollectionVersion.Policy(text(tree, "id"), text(tree, "resource"));
  }

  private static JsonNode embedding(CollectionVersion.VectorEmbedding embedding) {
    ObjectNode tree = JSON.objectNode();
    tree.put("field", embedding.fieldName());
    tree.set("fields", array(embedding.fields(), JSON::textNode));
    tree.put("provider", embedding.provider());
    tree.put("model", embedding.model());
    tree.put("url", embedding.url());
    tree.put("template", embedding.template());
    return tree;
  }

  private static CollectionVersion.VectorEmbedding embedding(JsonNode tree) {
    return new CollectionVersion.VectorEmbedding(
        text(tree, "field"),
        list(need(tree, "fields"), JsonNode::asText),
        text(tree, "provider"),
        text(tree, "model"),
        text(tree, "url"),
        text(tree, "template"));
  }

  private static JsonNode schema(Schema schema) {
    ObjectNode tree = JSON.objectNode();
    tree.put("root", schema.root());
    tree.put("version", schema.versionId());
    tree.put("name", schema.name());
    tree.set(
        "fields",
        array(
            schema.fields(),
            field -> {
              ObjectNode entry = JSON.objectNode();
              entry.put("name", field.name());
              entry.set("kind", KindJson.write(field.kind()));
              entry.put("crdt", field.crdt().number());
              return entry;
            }));
    return tree;
  }

  private static Schema schema(JsonNode tree) {
    return new Schema(
        text(tree, "root"),
        text(tree, "version"),
        text(tree, "name"),
        list(
            need(tree, "fields"),
            field ->
                new SchemaField(
                    text(field, "name"),
                    KindJson.read(need(field, "kind")),
                    crdt(need(field, "crdt")))));
  }

  private static <T> ArrayNode array(List<T> items, Function<T, JsonNode> toTree) {
    ArrayNode array = JSON.arrayNode(items.size());
    items.forEach(item -> array.add(toTree.apply(item)));
    return array;
  }

  private static <T> List<T> list(JsonNode array, Function<JsonNode, T> fromTree) {
    var items = new ArrayList<T>(array.size());
    array.forEach(tree -> items.add(fromTree.apply(tree)));
    return items;
  }

  private static JsonNode need(JsonNode tree, String name) {
    JsonNode node = tree.get(name);
    if (node == null) {
      throw damaged();
    }
    return node;
  }

  private static String text(JsonNode tree, String name) {
    return need(tree, name).asText();
  }

  private static @Nullable String textOrNull(JsonNode tree, String name) {
    JsonNode node = tree.get(name);
    return node == null || node.isNull() ? null : node.asText();
  }

  static DefraException damaged() {
    return new DefraException(ErrorCode.CORRUPT, "a stored collection version is damaged");
  }
}
