package io.defradb.db;

import io.defradb.schema.CollectionVersion;
import io.defradb.schema.IndexDescription;
import java.util.List;
import java.util.Optional;

/**
 * The collection versions that a transaction sees, and how they are changed. Reads come from
 * memory.
 */
public interface Catalog {
  /** Grows with every change; what is derived from the catalog (types, plans) is cached by it. */
  long generation();

  /** The active versions, by name. */
  List<CollectionVersion> active();

  Optional<CollectionVersion> activeByName(String name);

  Optional<CollectionVersion> byVersionId(String versionId);

  /** Every version, active or not, by name, then version ID. */
  List<CollectionVersion> all();

  /** The local number of the collection, from 1; equal for all its versions. */
  int shortId(String collectionId);

  /** The collection with that local number. */
  Optional<String> collectionId(int shortId);

  /**
   * Adds new collections as parsed from one SDL text.
   *
   * @return what was added, in the order given
   */
  List<CollectionVersion> add(List<CollectionVersion> versions);

  /** Replaces descriptions by version ID, or adds new versions: for patches and activation. */
  void put(List<CollectionVersion> versions);

  /** Builds the index over the documents that are there. */
  IndexDescription createIndex(CollectionVersion collection, IndexDescription index);

  void dropIndex(CollectionVersion collection, String indexName);
}
