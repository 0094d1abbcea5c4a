/**
 * Documents of other versions of their collection, seen as the version asked for shows them: the
 * lenses on the way between both run on read, and nothing is stored by it.
 */
@NullMarked
package io.defradb.db.migrate;

import org.jspecify.annotations.NullMarked;
