package io.defradb.db.write;

import io.defradb.acp.AccessControl;
import io.defradb.acp.Asker;
import io.defradb.acp.DocumentAccess;
import io.defradb.crdt.Delta;
import io.defradb.db.Catalog;
import io.defradb.db.DocumentWriter;
import io.defradb.db.LocalState;
import io.defradb.db.apply.ApplyTarget;
import io.defradb.db.apply.Commit;
import io.defradb.db.index.DocumentIndexes;
import io.defradb.db.ingest.Generations;
import io.defradb.db.keys.Columns;
import io.defradb.db.keys.DocumentKey;
import io.defradb.db.keys.DocumentRecord;
import io.defradb.db.keys.RecordView;
import io.defradb.db.keys.StoredFields;
import io.defradb.db.migrate.Migrations;
import io.defradb.db.overlay.Overlay;
import io.defradb.document.DocId;
import io.defradb.document.DocIds;
import io.defradb.document.FieldKinds;
import io.defradb.document.Value;
import io.defradb.document.ValueCbor;
import io.defradb.embedding.Embedder;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.schema.CollectionVersion;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Writes documents inside one transaction (data-model specification, sections 3, 6, 9 and 10). For
 * one thread.
 */
public final class StoreWriter implements DocumentWriter {
  private final ApplyTarget target;
  private final Overlay overlay;
  private final LocalState local;
  private final Catalog catalog;
  private final DocumentAccess access;
  private final Asker asker;
  private final Migrations migrations;
  private final List<Commit> commits;
  private final DocumentChange.Tools tools;
  private final Embeddings embeddings;

  /** What every transaction of a database writes with. */
  public record WriteSettings(
      BlockMaker blocks,
      DocumentIndexes indexes,
      WriteRandom random,
      AccessControl access,
      InstantSource clock,
      Embedder embedder) {
    /** Without a provider of embeddings. */
    public WriteSettings(
        BlockMaker blocks,
        DocumentIndexes indexes,
        WriteRandom random,
        AccessControl access,
        InstantSource clock) {
      this(blocks, indexes, random, access, clock, Embedder.NONE);
    }
  }

  public StoreWriter(
      ApplyTarget target,
      LocalState local,
      WriteSettings settings,
      DocumentAccess access,
      Asker asker,
      Migrations migrations) {
    this.migrations = migrations;
    this.target = target;
    this.local = local;
    this.overlay = target.overlay();
    this.catalog = target.catalog();
    this.access = access;
    this.asker = asker;
    this.commits = target.commits();
    this.embeddings = new Embeddings(settings.embedder());
    var keys = new DeltaKeys(overlay, settings.random());
    this.tools =
        new DocumentChange.Tools(
            settings.blocks(),
            settings.random(),
            keys,
            new ChainKeys(overlay, target.commits(), keys));
  }

  @Override
  public DocId create(
      CollectionVersion collection, Map<String, Value> given, EncryptionChoice encryption) {
    Map<String, FieldInput.Written> fields = FieldInput.resolve(collection, given, true);
    addVectors(collection, fields, name -> Value.NULL);
    Map<String, Value> values = new LinkedHashMap<>();
    fields.forEach((name, field) -> values.put(name, field.value()));
    FieldKinds kinds = name -> fields.containsKey(name) ? fields.get(name).kind() : null;
    DocId docId = DocIds.derive(values, kinds, collection.collectionId());
    byte[] key = key(collection, docId);
    if (overlay.get(Columns.STATE, key) != null) {
      if (!isAllowed(collection, docId, DocumentAccess.Permission.READ)) {
        access.registerCreated(asker, collection, docId); // another's: refused with its reason
      }
      throw new DefraException(
          ErrorCode.DOCUMENT_EXISTS, "a document with the given ID already exists", "DocID", docId);
    }
    requireWritable();
    checkEncryption(collection, encryption);
    RelationRules.check(target, collection, docId, fields.values());
    overlay.noteWrite(
        Columns.STATE, DocumentKey.prefix(catalog.shortId(collection.collectionId())));
    atomically(
        () -> {
          var change = new DocumentChange(tools, target, collection, docId, key, null, encryption);
          change.writeFields(fields.values());
          change.finish(Delta.Composite.ACTIVE);
          Generations.note(local, values, kinds, collection.collectionId());
        });
    access.registerCreated(asker, collection, docId);
    return docId;
  }

  private void addVectors(
      CollectionVersion collection,
      Map<String, FieldInput.Written> fields,
      Function<String, Value> before) {
    if (!collection.vectorEmbeddings().isEmpty()) {
      Map<String, Value> vectors = embeddings.made(collection, fields, before);
      fields.putAll(FieldInput.resolve(collection, vectors, false));
    }
  }

  private static Value value(CollectionVersion collection, RecordView record, String name) {
    int place = collection.place(name);
    return place < 0
        ? Value.NULL
        : ValueCbor.decode(
            StoredFields.kind(collection.fields().get(place)),
            record.value(collection.fieldNumber(place)));
  }

  @Override
  public void update(CollectionVersion collection, DocId docId, Map<String, Value> changes) {
    requireChangeable(collection);
    byte[] key = DocumentKey.of(catalog.shortId(collection.collectionId()), docId);
    byte[] stored = key == null ? null : overlay.get(Columns.STATE, key);
    if (key == null
        || stored == null
        || !isAllowed(collection, docId, DocumentAccess.Permission.UPDATE)) {
      throw notFound();
    }
    DocumentRecord record = DocumentRecord.decode(stored);
    if (record.isDeleted()) {
      throw notFound();
    }
    Map<String, FieldInput.Written> fields = FieldInput.resolve(collection, changes, false);
    var before = new RecordView(stored);
    addVectors(collection, fields, name -> value(collection, before, name));
    RelationRules.check(target, collection, docId, fields.values());
    atomically(
        () -> {
          var change =
              new DocumentChange(
                  tools, target, collection, docId, key, record, EncryptionChoice.NONE);
          if (migrations.areFor(collection)) {
            // From now on the document is of this version: what lenses showed must stay.
            migrations
                .values(collection, docId, new RecordView(stored))
                .ifPresent(change::keepLocally);
          }
          change.writeFields(fields.values());
          change.finish(Delta.Composite.ACTIVE);
        });
  }

  @Override
  public void delete(CollectionVersion collection, DocId docId) {
    requireChangeable(collection);
    byte[] key = DocumentKey.of(catalog.shortId(collection.collectionId()), docId);
    byte[] stored = key == null ? null : overlay.get(Columns.STATE, key);
    if (key == null
        || stored == null
        || !isAllowed(collection, docId, DocumentAccess.Permission.DELETE)) {
      throw notFound();
    }
    DocumentRecord record = DocumentRecord.decode(stored);
    if (record.isDeleted()) {
      throw new DefraException(
          ErrorCode.DOCUMENT_DELETED,
          "a document with the given ID has been deleted",
          "DocID",
          docId);
    }
    atomically(
        () ->
            new DocumentChange(tools, target, collection, docId, key, record, EncryptionChoice.NONE)
                .finish(Delta.Composite.DELETED));
  }

  /** A change that fails half-way leaves neither entries nor commits behind. */
  private void atomically(Runnable change) {
    int before = commits.size();
    try {
      tools.blocks().helpers().busy(() -> overlay.atomically(change));
    } catch (RuntimeException | Error e) {
      commits.subList(before, commits.size()).clear();
      tools.chainKeys().forgetFrom(before);
      throw e;
    }
  }

  /** What fails first in the reference, an index or a block, is what its text says. */
  private void requireChangeable(CollectionVersion collection) {
    if (collection.indexes().isEmpty()) {
      requireWritable();
    } else {
      overlay.requireWritable();
    }
  }

  private void requireWritable() {
    try {
      overlay.requireWritable();
    } catch (DefraException readOnly) {
      throw new DefraException(readOnly.code(), "error writing block", readOnly);
    }
  }

  private boolean isAllowed(
      CollectionVersion collection, DocId docId, DocumentAccess.Permission permission) {
    return access.isAllowed(asker, permission, collection, docId);
  }

  private static DefraException notFound() {
    return new DefraException(
        ErrorCode.DOCUMENT_NOT_FOUND, "document not found or not authorized to access");
  }

  private byte[] key(CollectionVersion collection, DocId docId) {
    byte[] key = DocumentKey.of(catalog.shortId(collection.collectionId()), docId);
    if (key == null) {
      throw new IllegalStateException("a derived DocID is canonical: " + docId);
    }
    return key;
  }

  private static void checkEncryption(CollectionVersion collection, EncryptionChoice encryption) {
    for (String field : encryption.fields()) {
      if (collection.field(field).isEmpty()) {
        throw new DefraException(
            ErrorCode.FIELD_NOT_FOUND, "the given field does not exist", "Name", field);
      }
      if (field.startsWith("_")) {
        throw new DefraException(
            ErrorCode.INVALID_ARGUMENT, "can not encrypt build-in field", "Name", field);
      }
    }
  }
}
