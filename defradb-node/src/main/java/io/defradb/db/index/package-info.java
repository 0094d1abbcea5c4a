/** Secondary index entries: made from a document, found by value, unique where asked. */
@NullMarked
package io.defradb.db.index;

import org.jspecify.annotations.NullMarked;
