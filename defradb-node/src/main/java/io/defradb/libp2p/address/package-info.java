/**
 * Where a peer can be reached: {@link io.defradb.libp2p.address.Multiaddr}, text and bytes. Pure.
 */
@NullMarked
package io.defradb.libp2p.address;

import org.jspecify.annotations.NullMarked;
