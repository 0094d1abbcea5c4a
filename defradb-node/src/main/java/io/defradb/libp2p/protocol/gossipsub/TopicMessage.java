package io.defradb.libp2p.protocol.gossipsub;

import io.defradb.libp2p.peer.PeerId;
import io.defradb.multiformats.Bytes;

/**
 * A message of a topic, its signature verified.
 *
 * @param author who made and signed it
 * @param sender the connected peer that it came from, which need not be the author
 */
public record TopicMessage(String topic, Bytes data, PeerId author, PeerId sender) {}
