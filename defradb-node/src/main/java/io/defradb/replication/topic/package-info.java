/**
 * Topics of collections and documents: requests and answers on a topic (network specification,
 * section 7.5), what this node follows, and the announcement of its own commits (section 7.4).
 * Delivery is best effort, by {@code libp2p.protocol.gossipsub}; what must arrive goes through
 * replicators.
 */
@NullMarked
package io.defradb.replication.topic;

import org.jspecify.annotations.NullMarked;
