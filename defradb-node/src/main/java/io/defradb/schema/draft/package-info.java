/**
 * Types as users write them, and how they become collections: completed, hashed, checked ({@link
 * io.defradb.schema.draft.NewCollections}). Pure; knows nothing of SDL.
 */
@NullMarked
package io.defradb.schema.draft;

import org.jspecify.annotations.NullMarked;
