/**
 * yamux 1.0.0 as libp2p uses it (yamux specification; network specification, 3.4). The door is
 * {@link io.defradb.libp2p.muxer.yamux.Yamux}.
 */
@NullMarked
package io.defradb.libp2p.muxer.yamux;

import org.jspecify.annotations.NullMarked;
