/** Replicators between databases in memory: partitions, restarts, failures, removal. */
@NullMarked
package io.defradb.replication.replicator;

import org.jspecify.annotations.NullMarked;
