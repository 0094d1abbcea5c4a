/**
 * Questions over HTTP to a table that an application keeps, whichever instance holds the rows. The
 * door is {@code AskOptions}. It must not know any example.
 */
@NullMarked
package io.defradb.streams.ask;

import org.jspecify.annotations.NullMarked;
