package io.defradb.db.catalog;

import io.defradb.db.Catalog;
import io.defradb.db.index.IndexBuilder;
import io.defradb.db.keys.Columns;
import io.defradb.db.overlay.Overlay;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.schema.CollectionVersion;
import io.defradb.schema.IndexDescription;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/** The catalog of one transaction: the state it began with, and its own changes. For one thread. */
public final class TransactionCatalog implements Catalog {
  private final Overlay overlay;
  private final IndexBuilder indexes;
  private final Set<String> changedVersions = new HashSet<>();
  private final LongSupplier generations;
  private CatalogState state;
  private boolean isChanged;

  /** {@code generations}: never gives a number twice, also not to what is never committed. */
  public TransactionCatalog(
      Overlay overlay, CatalogState state, IndexBuilder indexes, LongSupplier generations) {
    this.generations = generations;
    this.overlay = overlay;
    this.state = state;
    this.indexes = indexes;
  }

  public CatalogState state() {
    return state;
  }

  public boolean isChanged() {
    return isChanged;
  }

  /** IDs of the versions that this transaction added or replaced. */
  public Set<String> changedVersions() {
    return changedVersions;
  }

  @Override
  public long generation() {
    return state.generation();
  }

  @Override
  public List<CollectionVersion> active() {
    return state.active();
  }

  @Override
  public Optional<CollectionVersion> activeByName(String name) {
    return Optional.ofNullable(state.activeByName().get(name));
  }

  @Override
  public Optional<CollectionVersion> byVersionId(String versionId) {
    return Optional.ofNullable(state.versions().get(versionId));
  }

  @Override
  public List<CollectionVersion> all() {
    return state.all();
  }

  @Override
  public int shortId(String collectionId) {
    Integer number = state.shortIds().get(collectionId);
    if (number == null) {
      throw new DefraException(
          ErrorCode.COLLECTION_NOT_FOUND, "collection not found", "CollectionID", collectionId);
    }
    return number;
  }

  @Override
  public Optional<String> collectionId(int shortId) {
    return Optional.ofNullable(state.collectionsByShortId().get(shortId));
  }

  @Override
  public List<CollectionVersion> add(List<CollectionVersion> versions) {
    put(versions);
    return versions.stream()
        .map(version -> Objects.requireNonNull(state.versions().get(version.versionId())))
        .toList();
  }

  @Override
  public void put(List<CollectionVersion> versions) {
    overlay.requireWritable();
    Map<String, CollectionVersion> all = new HashMap<>(state.versions());
    Map<String, Integer> numbers = new HashMap<>(state.versionNumbers());
    Map<String, Integer> shortIds = new HashMap<>(state.shortIds());
    for (CollectionVersion given : versions) {
      CollectionVersion version = FieldNumbers.give(given, all.values());
      all.put(version.versionId(), version);
      int number = numbers.computeIfAbsent(version.versionId(), id -> numbers.size() + 1);
      overlay.put(
          Columns.SYSTEM,
          CatalogStore.versionKey(version.versionId()),
          CatalogStore.version(number, version));
      if (!shortIds.containsKey(version.collectionId())) {
        int shortId = shortIds.size() + 1;
        shortIds.put(version.collectionId(), shortId);
        overlay.put(
            Columns.SYSTEM,
            CatalogStore.collectionKey(version.collectionId()),
            CatalogStore.number(shortId));
      }
      changedVersions.add(version.versionId());
    }
    change(all, numbers, shortIds);
  }

  @Override
  public IndexDescription createIndex(CollectionVersion collection, IndexDescription index) {
    overlay.requireWritable();
    int id = nextIndexId(collection);
    var numbered = new IndexDescription(index.name(), id, index.fields(), index.isUnique());
    overlay.atomically(
        () -> indexes.build(overlay, shortId(collection.collectionId()), collection, numbered));
    List<IndexDescription> more = new ArrayList<>(collection.indexes());
    more.add(numbered);
    put(List.of(collection.withIndexes(more)));
    return numbered;
  }

  private int nextIndexId(CollectionVersion collection) {
    byte[] key = CatalogStore.indexIdKey(collection.collectionId());
    byte[] stored = overlay.get(Columns.SYSTEM, key);
    int greatest = stored == null ? 0 : ByteBuffer.wrap(stored).getInt();
    for (CollectionVersion version : state.versionsOf(collection.collectionId())) {
      for (IndexDescription known : version.indexes()) {
        greatest = Math.max(greatest, known.id());
      }
    }
    overlay.put(Columns.SYSTEM, key, CatalogStore.number(greatest + 1));
    return greatest + 1;
  }

  @Override
  public void dropIndex(CollectionVersion collection, String indexName) {
    overlay.requireWritable();
    List<IndexDescription> left = new ArrayList<>();
    for (IndexDescription index : collection.indexes()) {
      if (index.name().equals(indexName)) {
        indexes.drop(overlay, shortId(collection.collectionId()), index);
      } else {
        left.add(index);
      }
    }
    put(List.of(collection.withIndexes(left)));
  }

  private void change(
      Map<String, CollectionVersion> versions,
      Map<String, Integer> numbers,
      Map<String, Integer> shortIds) {
    long generation = generations.getAsLong();
    isChanged = true;
    state = CatalogState.of(generation, versions, numbers, shortIds);
    overlay.put(
        Columns.SYSTEM,
        CatalogStore.generationKey(),
        ByteBuffer.allocate(Long.BYTES).putLong(generation).array());
  }
}
