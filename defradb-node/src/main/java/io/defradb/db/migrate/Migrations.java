package io.defradb.db.migrate;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.db.StoredDocument;
import io.defradb.db.catalog.CatalogState;
import io.defradb.db.keys.RecordView;
import io.defradb.document.DocId;
import io.defradb.lens.ItemSource;
import io.defradb.lens.LensConfig;
import io.defradb.lens.Lenses;
import io.defradb.multiformats.Bytes;
import io.defradb.schema.CollectionVersion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sees documents through the lenses between the version they were written at and the version asked
 * for (data-model, 18). Modules are started with the first document that needs them, and stay
 * started for the next. For one thread.
 */
public final class Migrations {
  private final Supplier<CatalogState> catalog;
  private final Lenses lenses;
  private final Map<String, Optional<Pipeline>> pipelines = new HashMap<>();
  private long generation;

  public Migrations(Supplier<CatalogState> catalog, Lenses lenses) {
    this.catalog = catalog;
    this.lenses = lenses;
  }

  /** Whether any document of the collection can look other than it is stored. */
  public boolean areFor(CollectionVersion collection) {
    return catalog.get().migrated().contains(collection.collectionId())
        || lenses.isAnyGiven(); // a lens that no description tells of
  }

  /**
   * The document as {@code collection} shows it: {@code plain} when no lens is between, null when a
   * lens leaves it out.
   *
   * @throws io.defradb.error.DefraException when a lens fails
   */
  public @Nullable StoredDocument see(
      CollectionVersion collection, StoredDocument plain, RecordView record) {
    Pipeline pipeline = pipeline(collection, record.schemaVersion());
    if (pipeline == null) {
      return plain;
    }
    Map<Integer, Bytes> values = pipeline.values(plain.docId(), record);
    return values == null
        ? null
        : new MigratedDocument(collection, plain.docId(), plain.isDeleted(), values);
  }

  /** The fields of the same, by place; empty when no lens is between or it leaves it out. */
  public Optional<Map<Integer, Bytes>> values(
      CollectionVersion collection, DocId docId, RecordView record) {
    Pipeline pipeline = pipeline(collection, record.schemaVersion());
    return pipeline == null
        ? Optional.empty()
        : Optional.ofNullable(pipeline.values(docId, record));
  }

  private @Nullable Pipeline pipeline(CollectionVersion collection, int writtenNumber) {
    CatalogState state = catalog.get();
    if (state.generation() != generation) {
      pipelines.clear();
      generation = state.generation();
    }
    String writtenId = state.versionId(writtenNumber);
    if (writtenId == null || writtenId.equals(collection.versionId())) {
      return null;
    }
    return pipelines
        .computeIfAbsent(
            writtenId + "/" + collection.versionId(),
            it -> Optional.ofNullable(open(state, writtenId, collection)))
        .orElse(null);
  }

  private @Nullable Pipeline open(
      CatalogState state, String writtenId, CollectionVersion collection) {
    CollectionVersion written = state.versions().get(writtenId);
    var path = new MigrationPath(state.versionsOf(collection.collectionId()), lenses);
    List<LensConfig.Module> modules = path.modules(writtenId, collection.versionId());
    return written == null || modules.isEmpty()
        ? null
        : new Pipeline(written, collection, new LensConfig(modules), lenses);
  }

  /** Started modules, into which documents are put one by one. */
  private static final class Pipeline {
    private final CollectionVersion written;
    private final CollectionVersion wanted;
    private final ItemSource out;
    private byte @Nullable [] pending;

    Pipeline(CollectionVersion written, CollectionVersion wanted, LensConfig lens, Lenses lenses) {
      this.written = written;
      this.wanted = wanted;
      this.out = lenses.open(lens, this::take);
    }

    private byte @Nullable [] take() {
      byte[] item = pending;
      pending = null;
      return item;
    }

    @Nullable Map<Integer, Bytes> values(DocId docId, RecordView record) {
      pending = DocumentItem.write(written, docId, record);
      for (byte[] made = out.next(); made != null; made = out.next()) {
        JsonNode item = DocumentItem.read(made);
        if (DocumentItem.isOf(docId, item)) {
          return DocumentItem.values(wanted, item);
        }
      }
      return null;
    }
  }
}
