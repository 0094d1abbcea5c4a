/**
 * ping: 32 bytes there and back, any number of times on a stream (libp2p ping specification). The
 * door is {@link io.defradb.libp2p.protocol.ping.Ping}.
 */
@NullMarked
package io.defradb.libp2p.protocol.ping;

import org.jspecify.annotations.NullMarked;
