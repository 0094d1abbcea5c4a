package io.defradb.libp2p.protocol.gossipsub;

import io.defradb.libp2p.peer.PeerId;
import io.defradb.multiformats.Bytes;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** No topics at all, for a host that was told not to gossip: nothing is heard, nobody hears. */
public final class SilentPubSub implements PubSub {
  @Override
  public Subscription join(String topic, Validator validator, MessageHandler handler) {
    return new Subscription() {
      @Override
      public String topic() {
        return topic;
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public CompletionStage<Integer> publish(String topic, Bytes data) {
    return CompletableFuture.completedFuture(0);
  }

  @Override
  public CompletionStage<Set<PeerId>> peers(String topic) {
    return CompletableFuture.completedFuture(Set.of());
  }

  @Override
  public void listen(PeerTopicListener listener) {}
}
