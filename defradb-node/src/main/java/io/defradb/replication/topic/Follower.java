package io.defradb.replication.topic;

import io.defradb.libp2p.peer.PeerId;

/**
 * Who follows a document or a collection's own chain.
 *
 * @param chain see {@link io.defradb.replication.pushlog.PushLog#chain}
 */
record Follower(PeerId peer, String chain) {}
