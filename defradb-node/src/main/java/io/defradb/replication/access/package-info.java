/**
 * Access control among peers: who a peer is ({@link io.defradb.replication.access.PeerIdentities}),
 * and which blocks it gets ({@link io.defradb.replication.access.GuardedBlocks}; network
 * specification, 8.7). Decides nothing itself: that is {@code acp}'s.
 */
@NullMarked
package io.defradb.replication.access;

import org.jspecify.annotations.NullMarked;
