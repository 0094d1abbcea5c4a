package io.defradb.db.ingest;

import io.defradb.acp.Asker;
import io.defradb.crdt.Counter;
import io.defradb.db.DocumentWriter;
import io.defradb.db.StoredDocument;
import io.defradb.db.Transaction;
import io.defradb.db.ingest.DocumentFinder.Found;
import io.defradb.db.ingest.IngestOperation.ByDocId;
import io.defradb.db.ingest.IngestOperation.ByKey;
import io.defradb.db.ingest.IngestOperation.Kind;
import io.defradb.db.ingest.IngestResult.Outcome;
import io.defradb.db.ingest.IngestResult.Status;
import io.defradb.db.keys.StoredFields;
import io.defradb.document.DocId;
import io.defradb.document.FieldKind;
import io.defradb.document.Value;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.multiformats.Bytes;
import io.defradb.schema.CollectionField;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Applies operations one after the other inside one transaction. For one thread. */
final class OperationApplier {
  private final Transaction transaction;
  private final DocumentFinder finder;
  private final DocumentWriter writer;
  private final Map<String, IngestCollection> collections = new HashMap<>();

  OperationApplier(Transaction transaction, Asker asker) {
    this.transaction = transaction;
    this.finder = new DocumentFinder(transaction.documents(asker), transaction.local());
    this.writer = transaction.writer(asker);
  }

  Outcome apply(IngestOperation operation) {
    IngestCollection collection =
        collections.computeIfAbsent(operation.collection(), this::collection);
    if (operation.target() instanceof ByKey target) {
      return applyByKey(operation, collection, target);
    }
    return applyByDocId(operation, collection, ((ByDocId) operation.target()).docId());
  }

  private IngestCollection collection(String name) {
    return transaction
        .catalog()
        .activeByName(name)
        .map(IngestCollection::new)
        .orElseThrow(
            () ->
                new DefraException(
                    ErrorCode.COLLECTION_NOT_FOUND, "collection not found", "Name", name));
  }

  private Outcome applyByDocId(IngestOperation operation, IngestCollection collection, String id) {
    if (operation.kind() == Kind.CREATE || operation.kind() == Kind.UPSERT) {
      throw new DefraException(
          ErrorCode.INVALID_ARGUMENT, "a document is created by its key, not by a docID");
    }
    Found found = finder.byDocId(collection, new DocId(id));
    if (operation.kind() == Kind.DELETE) {
      return delete(operation, collection, found);
    }
    if (found.live() == null) {
      throw notFound(found.docId());
    }
    return update(operation, collection, found.live(), Map.of());
  }

  private Outcome applyByKey(IngestOperation operation, IngestCollection collection, ByKey target) {
    Map<String, Value> key = collection.parseKey(target.key());
    StoredDocument indexed =
        target.isByIndex() ? finder.byIndex(collection, key).orElse(null) : null;
    Found found =
        indexed == null ? finder.byKey(collection, key) : new Found(indexed.docId(), indexed, 0);
    return switch (operation.kind()) {
      case CREATE -> {
        if (found.live() != null) {
          throw new DefraException(
              ErrorCode.DOCUMENT_EXISTS,
              "a document with the given ID already exists",
              "DocID",
              found.docId());
        }
        yield create(operation, collection, key, found);
      }
      case UPDATE -> {
        if (found.live() == null) {
          throw notFound(found.docId());
        }
        yield update(operation, collection, found.live(), key);
      }
      case UPSERT, INCREMENT ->
          found.live() == null
              ? create(operation, collection, key, found)
              : update(operation, collection, found.live(), key);
      case DELETE -> delete(operation, collection, found);
    };
  }

  private Outcome delete(IngestOperation operation, IngestCollection collection, Found found) {
    if (found.live() == null) {
      return new Outcome(operation.offset(), Status.ABSENT, found.docId());
    }
    writer.delete(collection.version(), found.docId());
    return new Outcome(operation.offset(), Status.DELETED, found.docId());
  }

  /** The create commit holds the key alone, so that the DocID is a function of it. */
  private Outcome create(
      IngestOperation operation, IngestCollection collection, Map<String, Value> key, Found found) {
    if (found.generation() > 0 && !collection.hasGenerations()) {
      throw new DefraException(
          ErrorCode.KEY_DELETED,
          "the document of this key was deleted, and the collection has no generations",
          "DocID",
          found.docId());
    }
    Map<String, Value> document = document(operation, collection, key);
    Map<String, Value> increments = increments(operation, collection);
    var first = new LinkedHashMap<>(key);
    if (found.generation() > 0) {
      first.put(IngestCollection.GENERATION, new Value.Int(found.generation()));
    }
    var rest = new LinkedHashMap<String, Value>();
    for (CollectionField field : collection.withDefault()) {
      Value given = document.get(field.name());
      if (first.putIfAbsent(field.name(), Value.NULL) == null && given == null) {
        rest.put(field.name(), java.util.Objects.requireNonNull(field.defaultValue()));
      }
    }
    collection
        .encryptedBy(operation.encryption())
        .forEach(name -> first.putIfAbsent(name, Value.NULL));
    document.forEach(
        (name, value) -> {
          if (!value.isNull()) {
            rest.put(name, value);
          }
        });
    increments.forEach((name, amount) -> rest.merge(name, amount, adder(collection, name)));
    DocId docId = writer.create(collection.version(), first, operation.encryption());
    if (!rest.isEmpty()) {
      writer.update(collection.version(), docId, rest);
    }
    return new Outcome(operation.offset(), Status.CREATED, docId);
  }

  private static java.util.function.BinaryOperator<Value> adder(
      IngestCollection collection, String name) {
    CollectionField field = collection.field(name);
    FieldKind kind = StoredFields.kind(field);
    return (current, amount) -> Counter.add(field.crdt(), kind, current, amount);
  }

  /** Writes only what differs from what is stored. */
  private Outcome update(
      IngestOperation operation,
      IngestCollection collection,
      StoredDocument stored,
      Map<String, Value> key) {
    var changes = new LinkedHashMap<>(document(operation, collection, key));
    changes
        .entrySet()
        .removeIf(
            change -> stored.value(collection.position(change.getKey())).equals(change.getValue()));
    changes.putAll(increments(operation, collection));
    if (changes.isEmpty()) {
      return new Outcome(operation.offset(), Status.UNCHANGED, stored.docId());
    }
    writer.update(collection.version(), stored.docId(), changes);
    return new Outcome(operation.offset(), Status.UPDATED, stored.docId());
  }

  /** The values to set, without the key's fields; a value that contradicts the key is refused. */
  private Map<String, Value> document(
      IngestOperation operation, IngestCollection collection, Map<String, Value> key) {
    Bytes json = operation.document();
    if (json == null && operation.relations().isEmpty()) {
      return Map.of();
    }
    if (operation.kind() == Kind.INCREMENT) {
      throw new DefraException(ErrorCode.INVALID_ARGUMENT, "an increment takes no document");
    }
    var document = new LinkedHashMap<String, Value>();
    if (json != null) {
      document.putAll(collection.parseDocument(json));
    }
    operation
        .relations()
        .forEach(
            (relation, relatedKey) ->
                document.put(
                    IngestCollection.relationKeyField(relation),
                    related(collection, relation, relatedKey)));
    if (collection.hasGenerations()) {
      document.remove(
          IngestCollection.GENERATION); // ours: a change event of a later life brings it
    }
    key.forEach(
        (name, value) -> {
          Value given = document.remove(name);
          if (given != null && !given.equals(value)) {
            throw IngestCollection.invalidKey("the document contradicts its key", "Field", name);
          }
        });
    return document;
  }

  /**
   * The DocID of a document by its business key. It need not be there yet: key-first, it will have
   * this DocID when it comes.
   */
  private Value related(IngestCollection collection, String relation, Bytes key) {
    IngestCollection target =
        collections.computeIfAbsent(
            collection.related(relation, transaction.catalog()), this::collection);
    return new Value.Text(finder.byKey(target, target.parseKey(key)).docId().text());
  }

  private static Map<String, Value> increments(
      IngestOperation operation, IngestCollection collection) {
    @Nullable Bytes json = operation.increments();
    return json == null ? Map.of() : collection.parseIncrements(json);
  }

  private static DefraException notFound(DocId docId) {
    return new DefraException(
        ErrorCode.DOCUMENT_NOT_FOUND, "no document for the given ID exists", "DocID", docId);
  }
}
