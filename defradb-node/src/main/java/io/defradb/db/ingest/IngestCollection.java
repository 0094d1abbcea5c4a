package io.defradb.db.ingest;

import io.defradb.crdt.CrdtType;
import io.defradb.db.Catalog;
import io.defradb.db.DocumentWriter.EncryptionChoice;
import io.defradb.db.keys.StoredFields;
import io.defradb.document.DocumentJson;
import io.defradb.document.FieldKind;
import io.defradb.document.FieldKinds;
import io.defradb.document.Value;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.multiformats.Bytes;
import io.defradb.schema.CollectionField;
import io.defradb.schema.CollectionVersion;
import io.defradb.schema.IndexDescription;
import io.defradb.schema.SchemaFieldKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What a batch needs to know of one collection, looked up once. For one thread. */
final class IngestCollection {
  /** The field that tells the lives of one key apart. */
  static final String GENERATION = "generation";

  private final CollectionVersion version;
  private final Map<String, Integer> positions = new HashMap<>();
  private final FieldKinds kinds;
  private final List<CollectionField> withDefault = new ArrayList<>();
  private final boolean hasGenerations;

  IngestCollection(CollectionVersion version) {
    this.version = version;
    for (int i = 0; i < version.fields().size(); i++) {
      CollectionField field = version.fields().get(i);
      if (field.isStored()) {
        positions.put(field.name(), i);
        if (field.defaultValue() != null && !field.defaultValue().isNull()) {
          withDefault.add(field);
        }
      }
    }
    this.kinds =
        name -> {
          Integer at = positions.get(name);
          return at == null ? null : StoredFields.kind(version.fields().get(at));
        };
    this.hasGenerations =
        version
            .field(GENERATION)
            .filter(field -> field.isStored() && StoredFields.kind(field) == FieldKind.INT)
            .filter(field -> !field.crdt().isCounter())
            .isPresent();
  }

  CollectionVersion version() {
    return version;
  }

  FieldKinds kinds() {
    return kinds;
  }

  boolean hasGenerations() {
    return hasGenerations;
  }

  /** Stored fields that a create fills when they are not given. */
  List<CollectionField> withDefault() {
    return withDefault;
  }

  /**
   * Stored fields whose first blocks have to be encrypted: a chain that begins in the clear goes on
   * in the clear.
   */
  List<String> encryptedBy(EncryptionChoice choice) {
    return choice.isWholeDocument()
        ? List.copyOf(positions.keySet())
        : List.copyOf(choice.fields());
  }

  /** The field's place in the collection's list of fields. */
  int position(String fieldName) {
    Integer at = positions.get(fieldName);
    if (at == null) {
      throw new DefraException(
          ErrorCode.FIELD_NOT_FOUND, "The given field does not exist", "Name", fieldName);
    }
    return at;
  }

  CollectionField field(String fieldName) {
    return version.fields().get(position(fieldName));
  }

  Map<String, Value> parse(Bytes json) {
    return DocumentJson.parse(json.unsafeArray(), kinds);
  }

  /** A business key: its fields, none of them null, of kinds that have one form a value. */
  Map<String, Value> parseKey(Bytes json) {
    Map<String, Value> key = parse(json);
    if (key.isEmpty()) {
      throw invalidKey("key has no fields", "Key", json.toUtf8());
    }
    key.forEach(
        (name, value) -> {
          if (!canBeKey(field(name), value)) {
            throw invalidKey("field cannot be part of a key", "Field", name);
          }
        });
    return key;
  }

  private static boolean canBeKey(CollectionField field, Value value) {
    if (value.isNull() || field.crdt().isCounter() || field.name().equals(GENERATION)) {
      return false;
    }
    return switch (StoredFields.kind(field)) {
      case ID, BOOLEAN, INT, STRING -> true;
      case DATE_TIME -> value instanceof Value.Text text && text.value().endsWith("Z");
      default -> false;
    };
  }

  /** Values to set; a counter is refused, because it can only be added to. */
  Map<String, Value> parseDocument(Bytes json) {
    Map<String, Value> document = parse(json);
    for (String name : document.keySet()) {
      if (field(name).crdt().isCounter()) {
        throw new DefraException(
            ErrorCode.INVALID_VALUE, "a counter takes increments, not values", "Field", name);
      }
    }
    return document;
  }

  /** Amounts to add; zeros are left out, because they change nothing. */
  Map<String, Value> parseIncrements(Bytes json) {
    Map<String, Value> increments = parse(json);
    for (Map.Entry<String, Value> increment : increments.entrySet()) {
      CrdtType crdt = field(increment.getKey()).crdt();
      if (!crdt.isCounter() || increment.getValue().isNull()) {
        throw new DefraException(
            ErrorCode.INVALID_VALUE,
            "increments are numbers for counters",
            "Field",
            increment.getKey());
      }
    }
    var amounts = new HashMap<>(increments);
    amounts.values().removeIf(IngestCollection::isZero);
    return amounts;
  }

  private static boolean isZero(Value amount) {
    return switch (amount.type()) {
      case INT -> ((Value.Int) amount).value() == 0;
      case FLOAT64 -> ((Value.Float64) amount).value() == 0;
      case FLOAT32 -> ((Value.Float32) amount).value() == 0;
      case NULL, BOOL, TEXT, LIST, MAP -> false;
    };
  }

  /** The unique index on exactly these fields, in whatever order. */
  Optional<IndexDescription> uniqueIndexOn(Map<String, Value> key) {
    for (IndexDescription index : version.indexes()) {
      if (index.isUnique()
          && index.fields().size() == key.size()
          && index.fields().stream().allMatch(field -> key.containsKey(field.name()))) {
        return Optional.of(index);
      }
    }
    return Optional.empty();
  }

  /** The field that holds the DocID a relation leads to. */
  static String relationKeyField(String relation) {
    return relation + "_id";
  }

  /** The name of the collection that a relation leads to, from the side that holds the DocID. */
  String related(String relation, Catalog catalog) {
    CollectionField field =
        version
            .field(relation)
            .filter(known -> known.isPrimary() && known.kind().isRelation())
            .orElseThrow(
                () ->
                    new DefraException(
                        ErrorCode.FIELD_NOT_FOUND,
                        "the collection has no such relation that holds the other's key",
                        "Name",
                        relation));
    return catalog.active().stream()
        .filter(target -> isTarget(field, target))
        .findFirst()
        .map(CollectionVersion::name)
        .orElseThrow(
            () ->
                new DefraException(
                    ErrorCode.COLLECTION_NOT_FOUND, "collection not found", "Relation", relation));
  }

  private boolean isTarget(CollectionField relation, CollectionVersion target) {
    boolean isSelf = target.collectionId().equals(version.collectionId());
    if (relation.kind() instanceof SchemaFieldKind.CollectionRef ref) {
      return target.collectionId().equals(ref.root());
    }
    if (relation.kind() instanceof SchemaFieldKind.SelfRef self && self.relativeId().isEmpty()) {
      return isSelf;
    }
    return !isSelf
        && target.fields().stream()
            .anyMatch(other -> Objects.equals(other.relationName(), relation.relationName()));
  }

  static DefraException invalidKey(String text, String name, Object value) {
    return new DefraException(ErrorCode.INVALID_ARGUMENT, text, name, value);
  }
}
