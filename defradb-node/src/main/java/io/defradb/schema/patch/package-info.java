/**
 * Changes of schemas and descriptions as JSON Patches (RFC 6902): {@link
 * io.defradb.schema.patch.SchemaPatch}, {@link io.defradb.schema.patch.CollectionPatch} and {@link
 * io.defradb.schema.patch.Activation}. Pure: the versions there are come in, the versions to store
 * go out.
 */
@NullMarked
package io.defradb.schema.patch;

import org.jspecify.annotations.NullMarked;
