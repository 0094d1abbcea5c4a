package io.defradb.libp2p.protocol.gossipsub;

import io.defradb.libp2p.peer.PeerId;
import io.defradb.multiformats.Bytes;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Topics that peers join, and messages to all who did: best effort, each delivered at most once
 * while its id is remembered, in no order. Safe for use by many threads; nothing blocks.
 */
public interface PubSub {
  /** Bytes of a message's data. */
  int DATA_BYTES_MAX = 1_000_000;

  /** Bytes of a topic's name in UTF-8. */
  int TOPIC_BYTES_MAX = 512;

  /**
   * Joins a topic: peers are told, and from now on its messages are judged by {@code validator},
   * passed on, and given to {@code handler}. Own messages are neither judged nor given. Throws
   * {@code INVALID_ARGUMENT} when the topic was joined already, {@code TOO_LARGE} for its name.
   */
  Subscription join(String topic, Validator validator, MessageHandler handler);

  /**
   * Sends a message to every connected peer that joined the topic, which this host need not have
   * done. Answers how many peers it was queued for; fails with {@code TOO_LARGE}.
   */
  CompletionStage<Integer> publish(String topic, Bytes data);

  /** The connected peers that joined the topic; a snapshot. */
  CompletionStage<Set<PeerId>> peers(String topic);

  /** Hears, on the host's loop, of peers that join and leave topics. */
  void listen(PeerTopicListener listener);

  /** A topic that was joined. */
  interface Subscription extends AutoCloseable {
    String topic();

    /** Leaves the topic. Harmless when repeated. */
    @Override
    void close();
  }

  /** Hears which topics peers join and leave; a peer that is gone has left them all, unsaid. */
  @FunctionalInterface
  interface PeerTopicListener {
    void changed(PeerId peer, String topic, boolean isJoined);
  }
}
