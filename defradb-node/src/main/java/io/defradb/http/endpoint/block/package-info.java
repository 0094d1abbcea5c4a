/** Blocks: checking a signature. */
@NullMarked
package io.defradb.http.endpoint.block;

import org.jspecify.annotations.NullMarked;
