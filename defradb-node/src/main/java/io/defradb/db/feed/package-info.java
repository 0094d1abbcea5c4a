/**
 * The change feed: the log read from any point, documents streamed as of one moment, consumers that
 * hold images back, and the identity under which numbers mean something (design, section 4; {@code
 * docs/formats/changes.md}). Its door is {@link io.defradb.db.feed.Feed}; it must not know HTTP.
 */
@NullMarked
package io.defradb.db.feed;

import org.jspecify.annotations.NullMarked;
