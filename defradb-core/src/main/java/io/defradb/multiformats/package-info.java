/**
 * Self-describing bytes: varints, multibase, multihash, CIDs, and {@link
 * io.defradb.multiformats.Bytes}, the immutable array. Pure; knows only errors.
 */
@NullMarked
package io.defradb.multiformats;

import org.jspecify.annotations.NullMarked;
