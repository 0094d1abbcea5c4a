/**
 * Bitswap 1.2, and 1.1 and 1.0 with peers that speak no better: blocks by their CIDs, asked of
 * peers and given to them. The door is {@link io.defradb.libp2p.protocol.bitswap.BlockExchange},
 * made by {@link io.defradb.libp2p.protocol.bitswap.Bitswap}, which reads the blocks that it gives
 * from a {@link io.defradb.libp2p.protocol.bitswap.BlockSource}.
 *
 * <p>{@code WantList} and {@code BlockServer} decide, fed with messages and time; the rest carries
 * bytes. Nothing here stores a block, or knows what is in one.
 */
@NullMarked
package io.defradb.libp2p.protocol.bitswap;

import org.jspecify.annotations.NullMarked;
