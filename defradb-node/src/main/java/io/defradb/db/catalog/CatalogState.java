package io.defradb.db.catalog;

import io.defradb.schema.CollectionVersion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All collection versions at one moment, with the local numbers that stored keys and records use.
 * Immutable.
 *
 * @param versions by version ID
 * @param versionNumbers version ID to number, from 1
 * @param shortIds collection ID to number, from 1
 * @param migrated IDs of collections that have a lens between two of their versions
 */
public record CatalogState(
    long generation,
    Map<String, CollectionVersion> versions,
    Map<String, Integer> versionNumbers,
    Map<String, Integer> shortIds,
    Map<Integer, String> versionsByNumber,
    Map<Integer, String> collectionsByShortId,
    Map<String, CollectionVersion> activeByName,
    Set<String> migrated) {

  static final CatalogState EMPTY = of(1, Map.of(), Map.of(), Map.of());

  static CatalogState of(
      long generation,
      Map<String, CollectionVersion> versions,
      Map<String, Integer> versionNumbers,
      Map<String, Integer> shortIds) {
    Map<Integer, String> versionsByNumber = new HashMap<>();
    versionNumbers.forEach((id, number) -> versionsByNumber.put(number, id));
    Map<Integer, String> collections = new HashMap<>();
    shortIds.forEach((id, number) -> collections.put(number, id));
    Map<String, CollectionVersion> active = new TreeMap<>();
    for (CollectionVersion version : versions.values()) {
      if (version.isActive()) {
        active.put(version.name(), version);
      }
    }
    return new CatalogState(
        generation,
        Map.copyOf(versions),
        Map.copyOf(versionNumbers),
        Map.copyOf(shortIds),
        Map.copyOf(versionsByNumber),
        Map.copyOf(collections),
        Collections.unmodifiableMap(active),
        migrated(versions.values()));
  }

  private static Set<String> migrated(Collection<CollectionVersion> versions) {
    Set<String> migrated = new HashSet<>();
    for (CollectionVersion version : versions) {
      for (CollectionVersion.Source source : version.sources()) {
        if (source instanceof CollectionVersion.Source.Collection from
            && from.transformJson() != null) {
          migrated.add(version.collectionId());
        }
      }
    }
    return Set.copyOf(migrated);
  }

  List<CollectionVersion> active() {
    return List.copyOf(activeByName.values());
  }

  List<CollectionVersion> all() {
    List<CollectionVersion> all = new ArrayList<>(versions.values());
    all.sort(
        Comparator.comparing(CollectionVersion::name).thenComparing(CollectionVersion::versionId));
    return all;
  }

  /** Every version of one collection; empty for an unknown one. */
  public List<CollectionVersion> versionsOf(String collectionId) {
    return versions.values().stream()
        .filter(version -> version.collectionId().equals(collectionId))
        .toList();
  }

  /** The version with the local number; {@code null} for none. */
  public @Nullable String versionId(int number) {
    return versionsByNumber.get(number);
  }
}
