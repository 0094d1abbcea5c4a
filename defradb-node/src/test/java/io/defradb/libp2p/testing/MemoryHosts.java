package io.defradb.libp2p.testing;

import io.defradb.crypto.KeyType;
import io.defradb.crypto.PrivateKey;
import io.defradb.libp2p.host.HostSettings;
import io.defradb.libp2p.host.NetworkHost;
import io.defradb.libp2p.muxer.yamux.Yamux;
import io.defradb.libp2p.muxer.yamux.YamuxSettings;
import io.defradb.libp2p.peer.PeerAddresses;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.libp2p.security.plain.PlainSecurity;
import io.defradb.libp2p.transport.memory.MemoryNetwork;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Hosts on one memory network and one schedule; the same seed runs the same. */
public final class MemoryHosts {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final MemoryNetwork network;
  private final HostSettings settings;

  public MemoryHosts(long seed) {
    this(seed, HostSettings.DEFAULT);
  }

  public MemoryHosts(long seed, HostSettings settings) {
    this.network = new MemoryNetwork(new Random(seed));
    this.settings = settings;
  }

  public MemoryNetwork network() {
    return network;
  }

  /** The key that the host called {@code name} has in every run. */
  public static PrivateKey key(String name) {
    byte[] seed = new byte[32];
    new Random(name.hashCode()).nextBytes(seed);
    return PrivateKey.of(KeyType.ED25519, seed);
  }

  /** A host without protocols that listens. */
  public NetworkHost host(String name) {
    return host(name, name);
  }

  /** The same, with the key of the host called {@code keyName}. */
  public NetworkHost host(String name, String keyName) {
    PeerId id = PeerId.of(key(keyName).publicKey());
    var host =
        new NetworkHost(
            id,
            network.schedule(),
            List.of(network.transport(name)),
            List.of(new PlainSecurity(id)),
            new Yamux(YamuxSettings.DEFAULT),
            settings);
    host.bind(List.of(MemoryNetwork.address(name)));
    return host;
  }

  public static PeerAddresses addresses(NetworkHost host) {
    return new PeerAddresses(host.id(), host.addresses());
  }

  /** Runs until the stage is done; its value, or what it failed with. */
  public <T> T await(CompletionStage<T> stage) {
    CompletableFuture<T> future = stage.toCompletableFuture();
    if (!network.schedule().runUntil(future::isDone, PATIENCE)) {
      throw new AssertionError("not done in time");
    }
    return future.join();
  }
}
