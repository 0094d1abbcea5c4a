package io.defradb.libp2p.protocol.kad;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.libp2p.host.Host;
import io.defradb.libp2p.host.PeerRouting;
import io.defradb.libp2p.peer.PeerAddresses;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.libp2p.transport.EventLoop;
import io.defradb.multiformats.Bytes;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Finds peers by their ids: on the local network and on the public one, at once. Safe for use by
 * many threads; nothing blocks.
 */
public final class Kademlia implements PeerRouting, AutoCloseable {
  private final EventLoop loop;
  private final List<KadNetwork> networks;

  /** Registers with the host; to be made before the host listens. */
  public Kademlia(Host host, List<KadSettings> networks, RandomGenerator random) {
    this.loop = host.loop();
    this.networks =
        networks.stream().map(settings -> new KadNetwork(host, settings, random)).toList();
  }

  /**
   * Where the peer is, as others say; whoever dials there finds out whether it is so. Fails with
   * {@code PEER_UNREACHABLE} when nobody knows.
   */
  @Override
  public CompletionStage<PeerAddresses> find(PeerId peer) {
    var found = new CompletableFuture<PeerAddresses>();
    loop.execute(
        () -> {
          var left = new AtomicInteger(networks.size());
          for (KadNetwork network : networks) {
            network
                .find(peer)
                .whenComplete(
                    (at, failure) -> {
                      if (failure == null) {
                        found.complete(at);
                      } else if (left.decrementAndGet() == 0) {
                        found.completeExceptionally(
                            new DefraException(
                                ErrorCode.PEER_UNREACHABLE, "routing: not found", "PeerID", peer));
                      }
                    });
          }
        });
    return found;
  }

  /** The peers of the first network that are nearest to a key, of those that answer. */
  public CompletionStage<List<PeerAddresses>> closest(Bytes key) {
    return onLoop(() -> networks.get(0).closest(key)).thenCompose(stage -> stage);
  }

  /** Peers in the routing tables, one table counted after the other. */
  public CompletionStage<List<Integer>> sizes() {
    return onLoop(() -> networks.stream().map(KadNetwork::size).toList());
  }

  private <T> CompletionStage<T> onLoop(Supplier<T> question) {
    return CompletableFuture.supplyAsync(question, loop);
  }

  @Override
  public void close() {
    networks.forEach(KadNetwork::close);
  }
}
