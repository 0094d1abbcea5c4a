/**
 * Peers that this node pushes to: each a cursor on the log and a bounded set of owed documents.
 * {@link Replicators} is the door. It must not know how a commit reaches a peer, but that an answer
 * means it is stored there.
 */
@NullMarked
package io.defradb.replication.replicator;

import org.jspecify.annotations.NullMarked;
