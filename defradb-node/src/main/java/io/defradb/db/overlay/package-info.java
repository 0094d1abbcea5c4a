/**
 * One transaction's view of the store: a snapshot, its own writes over it, and what it has read. It
 * must not know what keys mean.
 */
@NullMarked
package io.defradb.db.overlay;

import org.jspecify.annotations.NullMarked;
