/**
 * Endpoints below {@code /p2p}: who the node is to its peers, what it follows, to whom it pushes.
 * The door is {@link io.defradb.http.endpoint.p2p.P2pEndpoints}. Knows {@code replication}, which
 * speaks in texts, and nothing of libp2p.
 */
@NullMarked
package io.defradb.http.endpoint.p2p;

import org.jspecify.annotations.NullMarked;
