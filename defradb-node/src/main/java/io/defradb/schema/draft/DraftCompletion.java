package io.defradb.schema.draft;

import io.defradb.crdt.CrdtType;
import io.defradb.document.FieldKind;
import io.defradb.schema.CollectionField;
import io.defradb.schema.CollectionVersion;
import io.defradb.schema.Schema;
import io.defradb.schema.SchemaField;
import io.defradb.schema.SchemaFieldKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Completes the drafts of one text: {@code _docID}, keys of relations, the order of fields, and
 * which relation fields are primary and so part of the schema (data-model 4.1). For one use.
 */
final class DraftCompletion {
  static final String DOC_ID = "_docID";
  private static final String KEY_SUFFIX = "_id";
  private static final SchemaFieldKind ID = new SchemaFieldKind.Scalar(FieldKind.ID);

  private final List<CollectionDraft> drafts;
  private final Map<String, CollectionDraft> byName = new HashMap<>();
  private final Map<String, List<Entry>> sortedByName = new HashMap<>();

  /** A field of the description to be, with the draft field it comes from. */
  private record Entry(String name, CollectionDraft.@Nullable Field field, boolean isKey) {
    boolean isRelation() {
      return field != null && field.kind() instanceof SchemaFieldKind.Named;
    }
  }

  DraftCompletion(List<CollectionDraft> drafts) {
    this.drafts = drafts;
    for (CollectionDraft draft : drafts) {
      if (byName.putIfAbsent(draft.name(), draft) == null) {
        sortedByName.put(draft.name(), sortedEntries(draft));
      }
    }
  }

  /** The schemas as they are hashed: relations by name, no root, no version. */
  List<Schema> schemas() {
    return drafts.stream()
        .map(draft -> new Schema("", "", draft.name(), schemaFields(draft)))
        .toList();
  }

  /**
   * The collections.
   *
   * @param schemas those of {@link #schemas} with their IDs, in the same order
   */
  List<CollectionVersion> collections(List<Schema> schemas) {
    Map<String, String> roots = new HashMap<>();
    schemas.forEach(schema -> roots.put(schema.name(), schema.root()));
    var collections = new ArrayList<CollectionVersion>(drafts.size());
    for (int i = 0; i < drafts.size(); i++) {
      collections.add(collection(drafts.get(i), schemas.get(i), roots));
    }
    return collections;
  }

  private static List<Entry> sortedEntries(CollectionDraft draft) {
    var entries = new ArrayList<Entry>();
    for (CollectionDraft.Field field : draft.fields()) {
      entries.add(new Entry(field.name(), field, false));
      if (field.kind() instanceof SchemaFieldKind.Named && !field.kind().isArray()) {
        entries.add(new Entry(field.name() + KEY_SUFFIX, field, true));
      }
    }
    entries.sort(Comparator.comparing(Entry::name));
    entries.add(0, new Entry(DOC_ID, null, false));
    return entries;
  }

  private List<SchemaField> schemaFields(CollectionDraft draft) {
    var fields = new ArrayList<SchemaField>();
    for (CollectionDraft.Field field : draft.fields()) {
      boolean isRelation = field.kind() instanceof SchemaFieldKind.Named;
      if (!isRelation || (field.isMarkedPrimary() && !field.kind().isArray())) {
        fields.add(new SchemaField(field.name(), field.kind(), field.crdt()));
      }
    }
    fields.sort(Comparator.comparing(SchemaField::name));
    fields.add(0, new SchemaField(DOC_ID, ID, CrdtType.NONE));
    if (!draft.isEmbeddedOnly()) {
      for (Entry entry : sortedEntries(draft)) {
        if (entry.isRelation() && !entry.isKey()) {
          completeRelation(draft, entry, fields);
        }
      }
    }
    return fields;
  }

  /** Adds a relation that is primary without being marked, and the key of any primary one. */
  private void completeRelation(CollectionDraft draft, Entry entry, List<SchemaField> fields) {
    CollectionDraft.Field field = Objects.requireNonNull(entry.field());
    SchemaFieldKind.Named kind = (SchemaFieldKind.Named) field.kind();
    CollectionDraft target = byName.get(kind.name());
    if (kind.isArray() || target == null) {
      return;
    }
    CollectionDraft.Field other = otherSide(draft, field, target);
    int index = indexOf(fields, field.name());
    if (index < 0 && (other == null || other.kind().isArray())) {
      index = fields.size();
      fields.add(new SchemaField(field.name(), kind, field.crdt()));
    }
    String key = field.name() + KEY_SUFFIX;
    if (index >= 0 && !target.isEmbeddedOnly() && indexOf(fields, key) < 0) {
      fields.add(index + 1, new SchemaField(key, ID, CrdtType.LWW));
    }
  }

  private CollectionDraft.@Nullable Field otherSide(
      CollectionDraft draft, CollectionDraft.Field field, CollectionDraft target) {
    for (Entry entry : sortedByName.getOrDefault(target.name(), List.of())) {
      CollectionDraft.Field candidate = entry.field();
      if (candidate != null
          && entry.isRelation()
          && !entry.isKey()
          && Objects.equals(candidate.relationName(), field.relationName())
          && !(target.name().equals(draft.name()) && candidate.name().equals(field.name()))) {
        return candidate;
      }
    }
    return null;
  }

  private static int indexOf(List<SchemaField> fields, String name) {
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  private static CollectionVersion collection(
      CollectionDraft draft, Schema schema, Map<String, String> roots) {
    Set<String> written = new HashSet<>();
    draft.fields().forEach(field -> written.add(field.name()));
    var fields = new ArrayList<CollectionField>();
    for (Entry entry : sortedEntries(draft)) {
      fields.add(collectionField(draft, schema, entry, written, roots));
    }
    return new CollectionVersion(
        draft.name(),
        schema.versionId(),
        schema.root(),
        draft.source() == null ? List.of() : List.of(draft.source()),
        fields,
        List.of(),
        draft.policy(),
        true,
        draft.isMaterialized(),
        draft.isBranchable(),
        draft.isEmbeddedOnly(),
        draft.vectorEmbeddings(),
        schema);
  }

  private static CollectionField collectionField(
      CollectionDraft draft,
      Schema schema,
      Entry entry,
      Set<String> written,
      Map<String, String> roots) {
    CollectionDraft.Field field = entry.field();
    // A field that a user wrote takes the name from the key of a relation.
    boolean isInSchema =
        !(entry.isKey() && written.contains(entry.name()))
            && schema.field(entry.name()).isPresent();
    CrdtType crdt =
        isInSchema
            ? schema.field(entry.name()).map(SchemaField::crdt).orElse(CrdtType.NONE)
            : CrdtType.NONE;
    if (field == null || entry.isKey()) {
      return new CollectionField(
          entry.name(),
          ID,
          crdt,
          field == null ? null : field.relationName(),
          false,
          isInSchema,
          false,
          null,
          0);
    }
    boolean isRelation = entry.isRelation();
    return new CollectionField(
        entry.name(),
        isRelation
            ? resolve((SchemaFieldKind.Named) field.kind(), draft.name(), roots)
            : field.kind(),
        crdt,
        isRelation ? field.relationName() : null,
        isRelation && isInSchema,
        isInSchema,
        false,
        field.defaultValue(),
        field.sizeRequired());
  }

  /** In descriptions only a type's own name is relative, never another member of its set. */
  private static SchemaFieldKind resolve(
      SchemaFieldKind.Named kind, String host, Map<String, String> roots) {
    if (kind.name().equals(host)) {
      return new SchemaFieldKind.SelfRef("", kind.isArray());
    }
    String root = roots.get(kind.name());
    return root == null ? kind : new SchemaFieldKind.CollectionRef(root, kind.isArray());
  }
}
