/**
 * An example: a table that equals the collection. Change events come in, one row a live document
 * comes out, and a query over HTTP asks it.
 */
@NullMarked
package io.defradb.streams.latest;

import org.jspecify.annotations.NullMarked;
