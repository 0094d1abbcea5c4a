/**
 * Every stored key and record of documents, blocks and the catalog as types, with the layout drawn
 * in their Javadoc ({@code docs/formats/keys.md}). It must not know transactions.
 */
@NullMarked
package io.defradb.db.keys;

import org.jspecify.annotations.NullMarked;
