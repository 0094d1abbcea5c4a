package io.defradb.request;

/** {@code __typename}: answered with {@code typeName}. */
public record TypeName(String responseName, String typeName) implements RootField, Selection {}
