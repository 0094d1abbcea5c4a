/**
 * The one tree of exceptions: {@link io.defradb.error.DefraException} with its {@link
 * io.defradb.error.ErrorCode}.
 */
@NullMarked
package io.defradb.error;

import org.jspecify.annotations.NullMarked;
