/**
 * Documents and commits read back: by key, by range, by index, as of a commit. A read never writes.
 */
@NullMarked
package io.defradb.db.fetch;

import org.jspecify.annotations.NullMarked;
