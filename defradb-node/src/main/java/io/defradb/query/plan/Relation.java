package io.defradb.query.plan;

import io.defradb.schema.CollectionVersion;
import io.defradb.schema.IndexDescription;
import org.jspecify.annotations.Nullable;

/**
 * A way from a document to its related documents.
 *
 * @param name the relation's field on the side we come from
 * @param target the collection we arrive at
 * @param isPrimary true: our document holds the key; false: the related ones hold ours
 * @param isMany several may be related
 * @param keyIndex the key's position among the fields of the holder
 * @param keyIndexDescription an index of the target that begins with the key; only when not primary
 * @param isEmbedded of a view: the related rows stand inside ours, and nobody holds a key
 */
public record Relation(
    String name,
    CollectionVersion target,
    boolean isPrimary,
    boolean isMany,
    int keyIndex,
    @Nullable IndexDescription keyIndexDescription,
    boolean isEmbedded) {}
