package io.defradb.schema.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.defradb.crdt.CrdtType;
import io.defradb.document.FieldKind;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.schema.CollectionField;
import io.defradb.schema.CollectionVersion;
import io.defradb.schema.Schema;
import io.defradb.schema.SchemaField;
import io.defradb.schema.SchemaFieldKind;
import io.defradb.schema.SchemaIds;
import io.defradb.schema.json.GoJsonFaults;
import io.defradb.schema.json.SchemaJson;
import io.defradb.schema.rule.Definition;
import io.defradb.schema.rule.RuleBook;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Patches the schemas of active versions (data-model 4.4). Pure; safe for use by many threads.
 *
 * <p>Every active schema is hashed anew. One becomes a new version when its fields differ and also,
 * as in the reference, whenever it has a relation: the version ID is part of every block, so this
 * must stay as it is.
 */
public final class SchemaPatch {
  private static final SchemaFieldKind ID = new SchemaFieldKind.Scalar(FieldKind.ID);

  private final RuleBook rules;

  public SchemaPatch(RuleBook rules) {
    this.rules = rules;
  }

  /**
   * Applies a patch.
   *
   * @param all every version, active or not
   * @param patch JSON Patch text over {@code {"<name>": <schema>}}
   * @param migrationJson a lens kept with the new versions; {@code null}: none
   * @param isMadeActive whether the new versions replace the active ones
   * @return the versions to store
   * @throws DefraException INVALID_PATCH, INVALID_SCHEMA
   */
  public List<CollectionVersion> apply(
      List<CollectionVersion> all,
      String patch,
      @Nullable String migrationJson,
      boolean isMadeActive) {
    List<CollectionVersion> active = all.stream().filter(CollectionVersion::isActive).toList();
    Map<String, Schema> existing = new TreeMap<>();
    active.forEach(version -> existing.put(version.schema().name(), version.schema()));

    var versions = new VersionSet(all);
    for (Schema schema : propose(existing, patch)) {
      if (schema.name().isEmpty()) {
        throw new DefraException(ErrorCode.INVALID_SCHEMA, "schema name can't be empty");
      }
      Schema previous = existing.get(schema.name());
      if (previous != null && isSame(schema, previous)) {
        continue;
      }
      CollectionVersion from =
          previous == null ? null : versions.find(previous.versionId()).orElse(null);
      if (from == null) {
        throw new DefraException(
            ErrorCode.INVALID_SCHEMA,
            "adding schema via patch is not supported",
            "Name",
            schema.name());
      }
      CollectionVersion to = next(from, schema, migrationJson);
      check(to, active);
      CollectionVersion known = versions.find(to.versionId()).orElse(null);
      if (known != null && migrationJson == null) {
        to = withLens(to, known.transformJson());
      }
      if (known == null || known.isAwaited() || !known.sources().equals(to.sources())) {
        versions.put(to);
      }
      if (isMadeActive) {
        versions.activate(to.versionId());
      }
    }
    return versions.changes();
  }

  /** A lens that was set before the version was there. */
  private static CollectionVersion withLens(CollectionVersion version, @Nullable String lensJson) {
    if (lensJson == null
        || !(version.sources().get(0) instanceof CollectionVersion.Source.Collection source)) {
      return version;
    }
    return version.withSources(List.of(source.withTransform(lensJson)));
  }

  private static List<Schema> propose(Map<String, Schema> existing, String patchText) {
    JsonPatch patch = JsonPatch.parse(patchText);
    new FieldNames(existing).resolve(patch);
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    existing.forEach((name, schema) -> tree.set(name, SchemaJson.tree(schema)));
    JsonNode patched = patch.apply(tree);
    if (!patched.isObject()) {
      throw GoJsonFaults.value(patched, "map[string]client.SchemaDescription");
    }

    var proposed = new ArrayList<Schema>();
    for (JsonNode member : patched) {
      Schema schema = SchemaJson.read(member);
      proposed.add(completed(schema, existing.get(schema.name())));
    }
    Map<String, Schema> byName = new LinkedHashMap<>();
    SchemaIds.assign(proposed).forEach(schema -> byName.put(schema.name(), schema));
    return List.copyOf(byName.values());
  }

  /** New fields get a merge rule, new relations their key, which the reference gives none. */
  private static Schema completed(Schema schema, @Nullable Schema previous) {
    var fields = new ArrayList<SchemaField>();
    for (SchemaField field : schema.fields()) {
      boolean isNew = previous == null || previous.field(field.name()).isEmpty();
      fields.add(
          isNew && field.crdt() == CrdtType.NONE
              ? new SchemaField(field.name(), field.kind(), CrdtType.LWW)
              : field);
    }
    for (SchemaField field : schema.fields()) {
      String key = field.name() + "_id";
      if (field.kind().isRelation()
          && !field.kind().isArray()
          && fields.stream().noneMatch(known -> known.name().equals(key))) {
        fields.add(new SchemaField(key, ID, CrdtType.NONE));
      }
    }
    return new Schema(schema.root(), schema.versionId(), schema.name(), fields);
  }

  private static boolean isSame(Schema schema, Schema previous) {
    return schema.root().equals(previous.root())
        && schema.fields().equals(previous.fields())
        && schema.fields().stream().noneMatch(field -> field.kind().isRelation());
  }

  private void check(CollectionVersion to, List<CollectionVersion> active) {
    List<Definition> before = active.stream().map(Definition::of).toList();
    var after = new ArrayList<Definition>();
    after.add(Definition.of(to));
    for (CollectionVersion version : active) {
      if (!version.name().equals(to.name())) {
        after.add(Definition.of(version));
      }
    }
    rules.checkSchemaPatch(after, before);
  }

  private static CollectionVersion next(
      CollectionVersion from, Schema schema, @Nullable String migrationJson) {
    var fields = new ArrayList<>(from.fields());
    for (SchemaField field : schema.fields()) {
      if (from.field(field.name()).isEmpty()) {
        fields.add(added(field));
      }
    }
    return new CollectionVersion(
        from.name(),
        schema.versionId(),
        schema.root(),
        List.of(new CollectionVersion.Source.Collection(from.versionId(), migrationJson)),
        fields,
        from.indexes(),
        from.policy(),
        false,
        from.isMaterialized(),
        from.isBranchable(),
        from.isEmbeddedOnly(),
        from.vectorEmbeddings(),
        schema);
  }

  private static CollectionField added(SchemaField field) {
    // The schema keeps "no merge rule" for a key, because it is hashed; the field is written as
    // LWW.
    CrdtType crdt = field.crdt() == CrdtType.NONE ? CrdtType.LWW : field.crdt();
    return new CollectionField(
        field.name(), field.kind(), crdt, null, field.kind().isRelation(), true, true, null, 0);
  }
}
