package io.defradb.benchmarks.peer;

import io.defradb.libp2p.host.NetworkHost;
import io.defradb.libp2p.peer.PeerAddresses;
import io.defradb.libp2p.protocol.bitswap.Bitswap;
import io.defradb.libp2p.protocol.bitswap.BitswapSettings;
import io.defradb.libp2p.protocol.gossipsub.GossipSettings;
import io.defradb.libp2p.protocol.gossipsub.GossipSub;
import io.defradb.libp2p.protocol.gossipsub.Validator;
import io.defradb.libp2p.protocol.kad.KadSettings;
import io.defradb.libp2p.protocol.kad.Kademlia;
import io.defradb.libp2p.protocol.ping.Ping;
import io.defradb.multiformats.Bytes;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** A peer that speaks what every node speaks but DefraDB's own protocol, and has no blocks. */
final class MeasuredPeer implements AutoCloseable {
  private final MeasuredHost measured = new MeasuredHost();
  private final GossipSub gossip;
  private final Kademlia kademlia;
  private final Bitswap bitswap;

  MeasuredPeer() {
    NetworkHost host = measured.host();
    Ping.serve(host);
    gossip =
        new GossipSub(
            host, measured.key(), System.nanoTime(), new Random(1), GossipSettings.DEFAULT);
    kademlia = new Kademlia(host, List.of(KadSettings.lan()), new Random(2));
    bitswap =
        new Bitswap(
            host,
            (asker, cids, bytesMax) ->
                CompletableFuture.completedFuture(
                    cids.stream().map(cid -> Optional.<Bytes>empty()).toList()),
            BitswapSettings.DEFAULT);
    measured.listen();
  }

  void follow(String topic) {
    gossip.join(topic, Validator.ALL, message -> {});
  }

  void connect(PeerAddresses node) {
    measured.host().connect(node).toCompletableFuture().join();
  }

  void publish(String topic, Bytes data) {
    gossip.publish(topic, data);
  }

  @Override
  public void close() {
    gossip.close();
    kademlia.close();
    bitswap.close();
    measured.close();
  }
}
