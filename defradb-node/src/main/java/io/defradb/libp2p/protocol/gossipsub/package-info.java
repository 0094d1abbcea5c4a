/**
 * Gossipsub 1.0 to 1.2, with floodsub for peers that speak no better: messages of a topic reach all
 * who joined it, over a mesh of few connections a topic. The door is {@link
 * io.defradb.libp2p.protocol.gossipsub.PubSub}, made by {@link
 * io.defradb.libp2p.protocol.gossipsub.GossipSub}.
 *
 * <p>{@code GossipRouter} and its parts decide, fed with what peers say and with time, and touch
 * neither stream nor thread; {@code GossipSub} carries bytes between them and the host. Delivery is
 * best effort. Nothing here knows what the messages mean.
 */
@NullMarked
package io.defradb.libp2p.protocol.gossipsub;

import org.jspecify.annotations.NullMarked;
