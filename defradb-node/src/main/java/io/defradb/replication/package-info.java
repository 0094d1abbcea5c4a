/**
 * DefraDB's own talk between peers: what is pushed to whom, who follows which collection or
 * document, and what is owed. The door is {@link io.defradb.replication.Replication}; it speaks in
 * texts, so that who calls it needs to know nothing of libp2p. Must not know HTTP or GraphQL.
 */
@NullMarked
package io.defradb.replication;

import org.jspecify.annotations.NullMarked;
