/**
 * An example: who overwrote whom. Commits come in, an event for each value that was lost to a
 * concurrent one comes out, and how often it happens between whom.
 */
@NullMarked
package io.defradb.streams.conflict;

import org.jspecify.annotations.NullMarked;
