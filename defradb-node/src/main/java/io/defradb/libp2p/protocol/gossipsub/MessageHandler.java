package io.defradb.libp2p.protocol.gossipsub;

/** Takes the accepted messages of a topic. */
@FunctionalInterface
public interface MessageHandler {
  /** Called on the host's loop; must not block. */
  void received(TopicMessage message);
}
