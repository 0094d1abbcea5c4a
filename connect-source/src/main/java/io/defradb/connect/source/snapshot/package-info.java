/** Documents as of one moment, resumable, before a lane goes on with the feed. */
@NullMarked
package io.defradb.connect.source.snapshot;

import org.jspecify.annotations.NullMarked;
