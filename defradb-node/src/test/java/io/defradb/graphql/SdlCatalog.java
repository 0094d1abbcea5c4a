package io.defradb.graphql;

import io.defradb.db.Catalog;
import io.defradb.graphql.sdl.SdlReader;
import io.defradb.schema.CollectionVersion;
import io.defradb.schema.IndexDescription;
import io.defradb.schema.draft.NewCollections;
import io.defradb.schema.rule.PolicyCheck;
import io.defradb.schema.rule.RuleBook;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A catalog that SDL texts are added to, and nothing else. */
final class SdlCatalog implements Catalog {
  private static long generations;

  private final NewCollections maker = new NewCollections(new RuleBook(PolicyCheck.NONE));
  private final List<CollectionVersion> active = new ArrayList<>();
  private long generation = ++generations;

  static SdlCatalog of(String... sdls) {
    var catalog = new SdlCatalog();
    for (String sdl : sdls) {
      catalog.addSdl(sdl);
    }
    return catalog;
  }

  void addSdl(String sdl) {
    active.addAll(maker.make(new SdlReader().read(sdl), List.copyOf(active)));
    generation = ++generations;
  }

  void generation(long newGeneration) {
    generation = newGeneration;
  }

  @Override
  public long generation() {
    return generation;
  }

  @Override
  public List<CollectionVersion> active() {
    return List.copyOf(active);
  }

  @Override
  public Optional<CollectionVersion> activeByName(String name) {
    return active.stream().filter(it -> it.name().equals(name)).findFirst();
  }

  @Override
  public Optional<CollectionVersion> byVersionId(String versionId) {
    return active.stream().filter(it -> it.versionId().equals(versionId)).findFirst();
  }

  @Override
  public List<CollectionVersion> all() {
    return active();
  }

  @Override
  public int shortId(String collectionId) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<String> collectionId(int shortId) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<CollectionVersion> add(List<CollectionVersion> versions) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void put(List<CollectionVersion> versions) {
    throw new UnsupportedOperationException();
  }

  @Override
  public IndexDescription createIndex(CollectionVersion collection, IndexDescription index) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void dropIndex(CollectionVersion collection, String indexName) {
    throw new UnsupportedOperationException();
  }
}
