package io.defradb.graphql.collection;

import io.defradb.db.Catalog;
import io.defradb.db.Transaction;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.graphql.schema.TypeSystem;
import io.defradb.graphql.sdl.SdlReader;
import io.defradb.schema.CollectionVersion;
import io.defradb.schema.IndexDescription;
import io.defradb.schema.IndexRequest;
import io.defradb.schema.Schema;
import io.defradb.schema.draft.CollectionDraft;
import io.defradb.schema.draft.NewCollections;
import io.defradb.schema.patch.Activation;
import io.defradb.schema.patch.CollectionPatch;
import io.defradb.schema.patch.Migration;
import io.defradb.schema.patch.SchemaPatch;
import io.defradb.schema.rule.RuleBook;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Changes and describes the collections of a transaction's catalog. Nothing is stored when a method
 * throws; the caller commits. Lists are in the order of version IDs, as the reference answers them.
 * Safe for use by many threads.
 */
public final class CollectionEditor {
  private static final Comparator<CollectionVersion> BY_VERSION_ID =
      Comparator.comparing(CollectionVersion::versionId);

  private final SdlReader reader = new SdlReader();

  /**
   * Adds the types of one SDL text, all or none.
   *
   * @return in the order of the text
   * @throws DefraException INVALID_SCHEMA, INVALID_INDEX
   */
  public List<CollectionVersion> add(Transaction transaction, String sdl) {
    return add(transaction, reader.read(sdl));
  }

  /**
   * Adds the types of one SDL text as views; otherwise as {@link #add}.
   *
   * @param source reads the query of the views, after the text was found to be SDL
   */
  public List<CollectionVersion> addView(
      Transaction transaction,
      String sdl,
      Function<Catalog, CollectionVersion.Source.Query> source) {
    List<CollectionDraft> drafts = reader.read(sdl);
    CollectionVersion.Source.Query query = source.apply(transaction.catalog());
    return add(transaction, drafts.stream().map(draft -> draft.withSource(query)).toList());
  }

  private static RuleBook rules(Transaction transaction) {
    return new RuleBook(transaction.access());
  }

  private static List<CollectionVersion> add(
      Transaction transaction, List<CollectionDraft> drafts) {
    Catalog catalog = transaction.catalog();
    List<CollectionVersion> made =
        new NewCollections(rules(transaction)).make(drafts, sorted(catalog.active()));
    requireFree(made);
    return made.isEmpty() ? made : catalog.add(made);
  }

  /**
   * Patches schemas, see {@link SchemaPatch#apply}. False: it changed nothing.
   *
   * @throws DefraException INVALID_PATCH, INVALID_SCHEMA
   */
  public boolean patchSchemas(
      Transaction transaction, String patch, @Nullable String migrationJson, boolean isMadeActive) {
    Catalog catalog = transaction.catalog();
    var schemaPatch = new SchemaPatch(rules(transaction));
    List<CollectionVersion> changes =
        schemaPatch.apply(sorted(catalog.all()), patch, migrationJson, isMadeActive);
    put(catalog, changes);
    return !changes.isEmpty();
  }

  /**
   * Patches descriptions, see {@link CollectionPatch#apply}.
   *
   * @throws DefraException INVALID_PATCH, INVALID_SCHEMA
   */
  public void patchCollections(Transaction transaction, String patch) {
    Catalog catalog = transaction.catalog();
    var collectionPatch = new CollectionPatch(rules(transaction));
    put(catalog, collectionPatch.apply(sorted(catalog.all()), patch));
  }

  /**
   * Sets the lens between two versions, either of which may be known later; see {@link
   * Migration#set}.
   *
   * @throws DefraException INVALID_ARGUMENT
   */
  public void setMigration(
      Transaction transaction, String sourceId, String destinationId, String lensJson) {
    Catalog catalog = transaction.catalog();
    put(catalog, Migration.set(catalog.all(), sourceId, destinationId, lensJson));
  }

  /**
   * Makes a version the active one of its collection.
   *
   * @throws DefraException INVALID_ARGUMENT, KEY_NOT_FOUND
   */
  public void activate(Transaction transaction, String versionId) {
    Catalog catalog = transaction.catalog();
    put(catalog, Activation.activate(catalog.all(), versionId));
  }

  /** A collection is a type beside those that every node has. */
  private static void requireFree(List<CollectionVersion> collections) {
    var own = new TypeSystem(List.of());
    for (CollectionVersion collection : collections) {
      if (own.type(collection.name()) != null) {
        throw new DefraException(
            ErrorCode.INVALID_SCHEMA, "schema type already exists", "Name", collection.name());
      }
    }
  }

  private static void put(Catalog catalog, List<CollectionVersion> changes) {
    requireFree(changes);
    if (!changes.isEmpty()) {
      catalog.put(changes);
    }
  }

  /**
   * Describes collections.
   *
   * @throws DefraException KEY_NOT_FOUND for an unknown version ID
   */
  public List<CollectionVersion> find(Transaction transaction, CollectionFilter filter) {
    Catalog catalog = transaction.catalog();
    if (filter.name() != null) {
      return catalog.activeByName(filter.name()).stream()
          .filter(it -> filter.versionId() == null || it.versionId().equals(filter.versionId()))
          .toList();
    }
    if (filter.versionId() != null) {
      return List.of(version(catalog, filter.versionId()));
    }
    String collectionId = filter.collectionId();
    return sorted(filter.isInactiveShown() ? catalog.all() : catalog.active()).stream()
        .filter(version -> collectionId == null || version.collectionId().equals(collectionId))
        .toList();
  }

  /**
   * Describes schemas, active or not.
   *
   * @throws DefraException KEY_NOT_FOUND for an unknown version ID
   */
  public List<Schema> findSchemas(Transaction transaction, SchemaFilter filter) {
    Catalog catalog = transaction.catalog();
    String root = filter.root();
    String name = filter.name();
    return schemas(catalog, filter.versionId())
        .filter(schema -> root == null || schema.root().equals(root))
        .filter(schema -> name == null || schema.name().equals(name))
        .toList();
  }

  private static Stream<Schema> schemas(Catalog catalog, @Nullable String versionId) {
    if (versionId == null) {
      return sorted(catalog.all()).stream()
          .filter(version -> !version.isAwaited())
          .map(CollectionVersion::schema);
    }
    CollectionVersion version = version(catalog, versionId);
    if (version.isAwaited()) {
      throw new DefraException(ErrorCode.KEY_NOT_FOUND, "key not found");
    }
    return Stream.of(version.schema());
  }

  /** The active version of that name. */
  public Optional<CollectionVersion> collection(Transaction transaction, String name) {
    return transaction.catalog().activeByName(name);
  }

  /**
   * Builds an index over the documents there are.
   *
   * @throws DefraException INVALID_INDEX, UNIQUE_VIOLATION
   */
  public IndexDescription createIndex(
      Transaction transaction, CollectionVersion collection, IndexRequest request) {
    int lastId = collection.indexes().stream().mapToInt(IndexDescription::id).max().orElse(0);
    return transaction.catalog().createIndex(collection, request.describe(collection, lastId + 1));
  }

  /**
   * Drops an index.
   *
   * @throws DefraException INDEX_NOT_FOUND
   */
  public void dropIndex(Transaction transaction, CollectionVersion collection, String name) {
    if (collection.indexes().stream().noneMatch(index -> index.name().equals(name))) {
      throw new DefraException(
          ErrorCode.INDEX_NOT_FOUND, "index with name doesn't exists", "Name", name);
    }
    transaction.catalog().dropIndex(collection, name);
  }

  private static CollectionVersion version(Catalog catalog, String versionId) {
    return catalog
        .byVersionId(versionId)
        .orElseThrow(() -> new DefraException(ErrorCode.KEY_NOT_FOUND, "key not found"));
  }

  private static List<CollectionVersion> sorted(List<CollectionVersion> versions) {
    return versions.stream().sorted(BY_VERSION_ID).toList();
  }
}
