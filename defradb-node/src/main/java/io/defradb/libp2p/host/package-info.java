/**
 * A node among nodes. {@link io.defradb.libp2p.host.Host} is the door of the whole stack: protocols
 * register a {@link io.defradb.libp2p.host.StreamHandler}, open {@link
 * io.defradb.libp2p.host.Stream}s and listen for peers that come and go. How connections are
 * dialled, secured, multiplexed and limited is decided behind it.
 */
@NullMarked
package io.defradb.libp2p.host;

import org.jspecify.annotations.NullMarked;
