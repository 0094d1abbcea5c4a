/**
 * An example: a topic of commits that is proved while it is read. Every CID, link and signature is
 * computed again, and an alarm comes out for what is forged, missing, or alive after its delete.
 */
@NullMarked
package io.defradb.streams.verify;

import org.jspecify.annotations.NullMarked;
