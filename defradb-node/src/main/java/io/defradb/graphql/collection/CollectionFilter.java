package io.defradb.graphql.collection;

import org.jspecify.annotations.Nullable;

/**
 * Which versions to describe; of the first three only the first that is set counts, but a version
 * ID beside a name must be that of the active version.
 *
 * @param isInactiveShown also inactive versions; a version asked for by ID is shown in any case
 */
public record CollectionFilter(
    @Nullable String name,
    @Nullable String versionId,
    @Nullable String collectionId,
    boolean isInactiveShown) {}
