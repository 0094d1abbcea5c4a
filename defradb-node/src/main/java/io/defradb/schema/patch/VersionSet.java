package io.defradb.schema.patch;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.schema.CollectionVersion;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All versions while they are being changed, and which ones were. For one change. */
final class VersionSet {
  private final Map<String, CollectionVersion> byId = new LinkedHashMap<>();
  private final Set<String> changed = new LinkedHashSet<>();

  VersionSet(List<CollectionVersion> all) {
    all.forEach(version -> byId.put(version.versionId(), version));
  }

  Optional<CollectionVersion> find(String versionId) {
    return Optional.ofNullable(byId.get(versionId));
  }

  void put(CollectionVersion version) {
    byId.put(version.versionId(), version);
    changed.add(version.versionId());
  }

  /**
   * Makes one version the active one of its collection. The reference can leave two active
   * (data-model 4.4); here all others become inactive.
   */
  void activate(String versionId) {
    if (versionId.isEmpty()) {
      throw new DefraException(ErrorCode.INVALID_ARGUMENT, "schema version ID can't be empty");
    }
    CollectionVersion chosen = byId.get(versionId);
    if (chosen == null) {
      throw new DefraException(ErrorCode.KEY_NOT_FOUND, "key not found");
    }
    for (CollectionVersion version : List.copyOf(byId.values())) {
      boolean isOfCollection = version.collectionId().equals(chosen.collectionId());
      boolean isToBeActive = version.versionId().equals(versionId);
      if (isOfCollection && version.isActive() != isToBeActive) {
        put(version.withActive(isToBeActive));
      }
    }
  }

  /** What is to be stored, in the order in which it was first changed. */
  List<CollectionVersion> changes() {
    return changed.stream().map(id -> find(id).orElseThrow()).toList();
  }
}
