package io.defradb.schema.patch;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.schema.CollectionVersion;
import io.defradb.schema.Schema;
import java.util.ArrayList;
import java.util.List;

/** Sets lenses between versions (data-model, 18). Pure. */
public final class Migration {
  private static final String ORPHAN_COLLECTION_ID = "OrphanCollectionID";

  private Migration() {}

  /**
   * Sets the lens on the way from one version to another. A version that is not known is described
   * by its ID alone, inactive, until its schema arrives.
   *
   * @return the versions to store
   * @throws DefraException INVALID_ARGUMENT when the destination is known to come from elsewhere
   */
  public static List<CollectionVersion> set(
      List<CollectionVersion> all, String sourceId, String destinationId, String lensJson) {
    var versions = new VersionSet(all);
    if (versions.find(sourceId).isEmpty()) {
      versions.put(awaited("", sourceId, ORPHAN_COLLECTION_ID));
    }
    CollectionVersion source = versions.find(sourceId).orElseThrow();
    CollectionVersion destination =
        versions
            .find(destinationId)
            .orElseGet(() -> awaited(source.name(), destinationId, source.collectionId()));
    versions.put(destination.withSources(sources(destination, sourceId, lensJson)));
    return versions.changes();
  }

  private static List<CollectionVersion.Source> sources(
      CollectionVersion destination, String sourceId, String lensJson) {
    if (destination.sources().isEmpty()) {
      return List.of(new CollectionVersion.Source.Collection(sourceId, lensJson));
    }
    var sources = new ArrayList<CollectionVersion.Source>();
    boolean isFound = false;
    for (CollectionVersion.Source source : destination.sources()) {
      if (source instanceof CollectionVersion.Source.Collection from
          && from.sourceCollectionId().equals(sourceId)) {
        sources.add(from.withTransform(lensJson));
        isFound = true;
      } else {
        sources.add(source);
      }
    }
    if (!isFound) {
      throw new DefraException(
          ErrorCode.INVALID_ARGUMENT,
          "the destination of a migration comes from another version",
          "SourceSchemaVersionID",
          sourceId,
          "DestinationSchemaVersionID",
          destination.versionId());
    }
    return sources;
  }

  private static CollectionVersion awaited(String name, String versionId, String collectionId) {
    return new CollectionVersion(
        name,
        versionId,
        collectionId,
        List.of(),
        List.of(),
        List.of(),
        null,
        false,
        true,
        false,
        false,
        List.of(),
        new Schema("", "", "", List.of()));
  }
}
