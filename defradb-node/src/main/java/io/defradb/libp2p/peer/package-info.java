/**
 * Who a peer is, {@link io.defradb.libp2p.peer.PeerId} and its key; and what is known about peers,
 * {@link io.defradb.libp2p.peer.PeerStore}, signed records among it.
 */
@NullMarked
package io.defradb.libp2p.peer;

import org.jspecify.annotations.NullMarked;
