/**
 * What users do to collections, one transaction at a time: add them in SDL, patch them, choose
 * versions, index them, describe them ({@link io.defradb.graphql.collection.CollectionEditor}).
 * Puts the pure rooms {@code graphql.sdl} and {@code schema} together with the catalog.
 */
@NullMarked
package io.defradb.graphql.collection;

import org.jspecify.annotations.NullMarked;
