package io.defradb.schema.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.defradb.document.JsonWriter;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.schema.CollectionDescription;
import io.defradb.schema.CollectionVersion;
import io.defradb.schema.IndexDescription;
import org.jspecify.annotations.Nullable;

/**
 * Descriptions of collections as JSON, keys in the order of data-model 4.5. Pure; safe for use by
 * many threads.
 */
public final class CollectionJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private CollectionJson() {}

  /** Writes the description. */
  public static void write(JsonWriter json, CollectionVersion version) {
    TreeText.write(json, tree(CollectionDescription.of(version)));
  }

  /** Writes {@code {"version","schema"}}. */
  public static void writeWithSchema(JsonWriter json, CollectionVersion version) {
    json.beginObject();
    json.name("version");
    write(json, version);
    json.name("schema");
    SchemaJson.write(json, version.schema());
    json.endObject();
  }

  /** Writes the description of an index. */
  public static void write(JsonWriter json, IndexDescription index) {
    TreeText.write(json, tree(index));
  }

  /** The description as a tree, for a patch to work on. */
  public static ObjectNode tree(CollectionDescription description) {
    ObjectNode tree = JSON.objectNode();
    tree.put("Name", description.name());
    tree.put("VersionID", description.versionId());
    tree.put("CollectionID", description.collectionId());
    ArrayNode sources = tree.putArray("Sources");
    description.sources().forEach(source -> sources.add(tree(source)));
    // Of a version that only a migration names nothing is known, not even that it has no fields.
    boolean isKnown = !description.name().isEmpty();
    ArrayNode fields = JSON.arrayNode();
    description.fields().forEach(field -> fields.add(tree(field)));
    tree.set("Fields", isKnown ? fields : JSON.nullNode());
    ArrayNode indexes = JSON.arrayNode();
    description.indexes().forEach(index -> indexes.add(tree(index)));
    tree.set("Indexes", isKnown ? indexes : JSON.nullNode());
    CollectionVersion.Policy policy = description.policy();
    if (policy == null) {
      tree.putNull("Policy");
    } else {
      tree.putObject("Policy").put("ID", policy.id()).put("ResourceName", policy.resourceName());
    }
    tree.put("IsActive", description.isActive());
    tree.put("IsMaterialized", description.isMaterialized());
    tree.put("IsBranchable", description.isBranchable());
    tree.put("IsEmbeddedOnly", description.isEmbeddedOnly());
    ArrayNode embeddings = JSON.arrayNode();
    description.vectorEmbeddings().forEach(embedding -> embeddings.add(tree(embedding)));
    tree.set("VectorEmbeddings", isKnown ? embeddings : JSON.nullNode());
    return tree;
  }

  private static ObjectNode tree(CollectionDescription.Field field) {
    ObjectNode tree = JSON.objectNode();
    tree.put("Name", field.name());
    tree.set("Kind", field.kind() == null ? JSON.nullNode() : KindJson.write(field.kind()));
    tree.put("RelationName", field.relationName());
    tree.set(
        "DefaultValue",
        field.defaultValue() == null ? JSON.nullNode() : ValueJson.write(field.defaultValue()));
    tree.put("Size", field.size());
    return tree;
  }

  private static ObjectNode tree(CollectionVersion.Source source) {
    ObjectNode tree = JSON.objectNode();
    String transform;
    if (source instanceof CollectionVersion.Source.Query query) {
      tree.set("Query", parse(query.queryJson()));
      transform = query.transformJson();
    } else {
      CollectionVersion.Source.Collection collection = (CollectionVersion.Source.Collection) source;
      tree.put("SourceCollectionID", collection.sourceCollectionId());
      transform = collection.transformJson();
    }
    tree.set("Transform", transform == null ? JSON.nullNode() : parse(transform));
    return tree;
  }

  private static ObjectNode tree(IndexDescription index) {
    ObjectNode tree = JSON.objectNode();
    tree.put("Name", index.name());
    tree.put("ID", index.id());
    ArrayNode fields = tree.putArray("Fields");
    for (IndexDescription.IndexedField field : index.fields()) {
      fields.addObject().put("Name", field.name()).put("Descending", field.isDescending());
    }
    tree.put("Unique", index.isUnique());
    return tree;
  }

  private static ObjectNode tree(CollectionVersion.VectorEmbedding embedding) {
    ObjectNode tree = JSON.objectNode();
    tree.put("FieldName", embedding.fieldName());
    ArrayNode fields = tree.putArray("Fields");
    embedding.fields().forEach(fields::add);
    tree.put("Model", embedding.model());
    tree.put("Provider", embedding.provider());
    tree.put("Template", embedding.template());
    tree.put("URL", embedding.url());
    return tree;
  }

  /**
   * Reads a description, as it is after a patch.
   *
   * @throws DefraException INVALID_PATCH when a member has the wrong type
   */
  public static CollectionDescription read(JsonNode tree) {
    Members members = Members.of(tree, "collectionVersion");
    return new CollectionDescription(
        members.text("Name"),
        members.text("VersionID"),
        members.text("CollectionID"),
        members.list("Sources", "map[string]json.RawMessage", CollectionJson::source),
        members.list("Fields", "client.CollectionFieldDescription", CollectionJson::field),
        members.list("Indexes", "client.IndexDescription", CollectionJson::index),
        policy(members.get("Policy")),
        members.flag("IsActive"),
        members.flag("IsMaterialized"),
        members.flag("IsBranchable"),
        members.flag("IsEmbeddedOnly"),
        members.list(
            "VectorEmbeddings", "client.VectorEmbeddingDescription", CollectionJson::embedding));
  }

  private static CollectionVersion.Source source(JsonNode tree) {
    Members.of(tree, "collectionVersion", "Sources", "map[string]json.RawMessage");
    boolean isQuery = tree.has("Query");
    if (!isQuery && !tree.has("SourceCollectionID")) {
      throw new DefraException(ErrorCode.INVALID_PATCH, "failed to unmarshal collection json");
    }
    var members = new Members(tree, isQuery ? "QuerySource" : "CollectionSource");
    String transform =
        members.isSet("Transform") ? lens(members.object("Transform", "model.Lens")) : null;
    return isQuery
        ? new CollectionVersion.Source.Query(
            ViewQueryJson.of(members.object("Query", "request.selectJson")).toString(), transform)
        : new CollectionVersion.Source.Collection(members.text("SourceCollectionID"), transform);
  }

  private static String lens(JsonNode tree) {
    JsonNode modules = new Members(tree, "Lens").get("Lenses");
    return JSON.objectNode()
        .set("Lenses", modules.isMissingNode() ? JSON.nullNode() : modules)
        .toString();
  }

  private static CollectionDescription.Field field(JsonNode tree) {
    Members members =
        Members.of(tree, "collectionVersion", "Fields", "client.collectionFieldDescription");
    JsonNode defaultValue = members.get("DefaultValue");
    return new CollectionDescription.Field(
        members.text("Name"),
        members.isSet("Kind") ? KindJson.readProposed(members.get("Kind"), members.struct()) : null,
        members.textOrNull("RelationName"),
        members.isSet("DefaultValue") ? ValueJson.read(defaultValue) : null,
        members.number("Size", Integer.MAX_VALUE, "int"));
  }

  private static IndexDescription index(JsonNode tree) {
    Members members = Members.of(tree, "collectionVersion", "Indexes", "client.IndexDescription");
    return new IndexDescription(
        members.text("Name"),
        members.number("ID", Integer.MAX_VALUE, "uint32"),
        members.list("Fields", "client.IndexedFieldDescription", CollectionJson::indexedField),
        members.flag("Unique"));
  }

  private static IndexDescription.IndexedField indexedField(JsonNode tree) {
    Members members =
        Members.of(tree, "collectionVersion", "Indexes.Fields", "client.IndexedFieldDescription");
    return new IndexDescription.IndexedField(members.text("Name"), members.flag("Descending"));
  }

  private static CollectionVersion.@Nullable Policy policy(JsonNode tree) {
    if (tree.isNull() || tree.isMissingNode()) {
      return null;
    }
    Members members = Members.of(tree, "collectionVersion", "Policy", "client.PolicyDescription");
    return new CollectionVersion.Policy(members.text("ID"), members.text("ResourceName"));
  }

  private static CollectionVersion.VectorEmbedding embedding(JsonNode tree) {
    Members members =
        Members.of(
            tree, "collectionVersion", "VectorEmbeddings", "client.VectorEmbeddingDescription");
    return new CollectionVersion.VectorEmbedding(
        members.text("FieldName"),
        members.list("Fields", "string", JsonNode::asText),
        members.text("Provider"),
        members.text("Model"),
        members.text("URL"),
        members.text("Template"));
  }

  private static JsonNode parse(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new DefraException(ErrorCode.CORRUPT, "a stored source is no JSON", e);
    }
  }
}
