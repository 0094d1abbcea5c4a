package io.defradb.libp2p.testing;

import io.defradb.crypto.PrivateKey;
import io.defradb.libp2p.address.Multiaddr;
import io.defradb.libp2p.host.HostSettings;
import io.defradb.libp2p.host.NetworkHost;
import io.defradb.libp2p.muxer.yamux.Yamux;
import io.defradb.libp2p.muxer.yamux.YamuxSettings;
import io.defradb.libp2p.peer.PeerAddresses;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.libp2p.protocol.identify.Identify;
import io.defradb.libp2p.protocol.ping.Ping;
import io.defradb.libp2p.security.Security;
import io.defradb.libp2p.security.noise.NoiseSecurity;
import io.defradb.libp2p.transport.tcp.TcpLoops;
import io.defradb.libp2p.transport.tcp.TcpTransport;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Hosts on loopback sockets, with identify and ping; closing closes them all. */
public final class TcpHosts implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 120;

  private final TcpLoops loops = new TcpLoops(2, Thread::new);
  private final List<NetworkHost> hosts = new ArrayList<>();

  /** Speaks Noise. */
  public NetworkHost host(String name) {
    return host(name, key -> List.of(new NoiseSecurity(key, new SecureRandom())));
  }

  /** With bounds of its own. */
  public NetworkHost host(String name, Yamux yamux) {
    return host(name, key -> List.of(new NoiseSecurity(key, new SecureRandom())), yamux);
  }

  /** Not yet listening, so that protocols can be registered first. */
  public NetworkHost host(String name, Function<PrivateKey, List<Security>> securities) {
    return host(name, securities, new Yamux(YamuxSettings.DEFAULT));
  }

  private NetworkHost host(
      String name, Function<PrivateKey, List<Security>> securities, Yamux yamux) {
    PrivateKey key = MemoryHosts.key(name);
    var host =
        new NetworkHost(
            PeerId.of(key.publicKey()),
            loops.next(),
            List.of(new TcpTransport(loops, Runnable::run)),
            securities.apply(key),
            yamux,
            HostSettings.DEFAULT);
    Identify.serve(host, key, "test", InstantSource.system());
    Ping.serve(host);
    hosts.add(host);
    return host;
  }

  public static NetworkHost listening(NetworkHost host) {
    host.bind(List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/0")));
    return host;
  }

  public static PeerAddresses addresses(NetworkHost host) {
    return new PeerAddresses(host.id(), host.addresses());
  }

  public static <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    hosts.forEach(NetworkHost::close);
    loops.close();
  }
}
