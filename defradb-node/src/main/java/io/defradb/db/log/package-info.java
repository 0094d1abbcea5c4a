/**
 * The log as it is stored: one entry a commit, numbered without gaps in the order of application,
 * and beside it the document's images ({@code docs/formats/log.md}). Entries are written by the
 * transaction that applies the commit and read by {@code db.feed}. It must not know who reads.
 */
@NullMarked
package io.defradb.db.log;

import org.jspecify.annotations.NullMarked;
