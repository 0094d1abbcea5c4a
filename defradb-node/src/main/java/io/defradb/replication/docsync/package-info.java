/**
 * Documents asked for on a topic and fetched from whoever has them (network specification, section
 * 9.3). {@link io.defradb.replication.docsync.DocumentSync} asks and answers; it must not know how
 * blocks come here.
 */
@NullMarked
package io.defradb.replication.docsync;

import org.jspecify.annotations.NullMarked;
