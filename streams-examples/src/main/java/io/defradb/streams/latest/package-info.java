/**
 * An example: a table that equals the collection. Change events come in, one row a live document
 * comes out, and any instance answers questions about all of them over HTTP.
 */
@NullMarked
package io.defradb.streams.latest;

import org.jspecify.annotations.NullMarked;
