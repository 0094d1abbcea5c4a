/** Databases among peers on a memory network, for tests. */
@NullMarked
package io.defradb.replication.testing;

import org.jspecify.annotations.NullMarked;
