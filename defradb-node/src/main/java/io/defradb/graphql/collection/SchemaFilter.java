package io.defradb.graphql.collection;

import org.jspecify.annotations.Nullable;

/** Which schemas to describe; only the first that is set counts, all when none is. */
public record SchemaFilter(
    @Nullable String versionId, @Nullable String root, @Nullable String name) {}
