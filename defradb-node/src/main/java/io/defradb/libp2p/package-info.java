/**
 * Our libp2p stack: it knows bytes, peers and CIDs, and no documents. Its door is {@link
 * io.defradb.libp2p.host.Host}. The folders, from the bottom: {@code address}, {@code protobuf},
 * {@code peer}, {@code transport} (an ordered pipe of bytes and the loop it runs on), {@code
 * multistream}, {@code security}, {@code muxer}, {@code host}, {@code protocol}. Netty is known to
 * {@code transport.tcp} alone; everything else is a state machine that is fed bytes and time.
 */
@NullMarked
package io.defradb.libp2p;

import org.jspecify.annotations.NullMarked;
