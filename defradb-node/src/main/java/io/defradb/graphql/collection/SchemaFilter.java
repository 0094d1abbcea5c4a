package io.defradb.graphql.collection;

import org.jspecify.annotations.Nullable;

/** Which schemas to describe: those that all members that are set name, all when none is. */
public record SchemaFilter(
    @Nullable String versionId, @Nullable String root, @Nullable String name) {}
