/**
 * Kademlia: where a peer is, asked of peers ever nearer to it. The door is {@link
 * io.defradb.libp2p.protocol.kad.Kademlia}, which keeps two networks apart: the local one and the
 * public one. {@code RoutingTable}, {@code Lookup} and {@code KadServer} decide; {@code KadNetwork}
 * carries bytes. Provider and key records are held for others, and never published.
 */
@NullMarked
package io.defradb.libp2p.protocol.kad;

import org.jspecify.annotations.NullMarked;
