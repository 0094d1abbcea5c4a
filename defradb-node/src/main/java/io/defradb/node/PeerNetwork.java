package io.defradb.node;

import io.defradb.crypto.PrivateKey;
import io.defradb.libp2p.address.Multiaddr;
import io.defradb.libp2p.host.Host;
import io.defradb.libp2p.host.HostSettings;
import io.defradb.libp2p.host.NetworkHost;
import io.defradb.libp2p.host.StandingPeers;
import io.defradb.libp2p.muxer.yamux.Yamux;
import io.defradb.libp2p.muxer.yamux.YamuxSettings;
import io.defradb.libp2p.peer.PeerAddresses;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.libp2p.protocol.identify.Identify;
import io.defradb.libp2p.protocol.kad.KadSettings;
import io.defradb.libp2p.protocol.kad.Kademlia;
import io.defradb.libp2p.protocol.ping.Ping;
import io.defradb.libp2p.security.noise.NoiseSecurity;
import io.defradb.libp2p.security.tls.TlsSecurity;
import io.defradb.libp2p.transport.tcp.TcpLoops;
import io.defradb.libp2p.transport.tcp.TcpTransport;
import io.defradb.replication.PeerInfo;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The node's place in the peer-to-peer network: its host, with what every host speaks. Protocols
 * are registered between {@link #open} and {@link #listen}.
 */
final class PeerNetwork implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("net");
  private static final String AGENT = "defradb-jvm@0.1.0";
  private static final int LOOPS_MAX = 4;
  private static final int LOOKUP_THREADS = 2;
  private static final int LOOKUPS_WAITING_MAX = 256;

  private final NetworkHost host;
  private final Kademlia kademlia;
  private final List<Multiaddr> addresses;
  private final List<PeerAddresses> peers;
  private final Runnable rehearsal;
  private final Runnable release;
  private @Nullable StandingPeers standing;

  private PeerNetwork(
      NetworkHost host,
      Kademlia kademlia,
      List<Multiaddr> addresses,
      List<PeerAddresses> peers,
      Runnable rehearsal,
      Runnable release) {
    this.host = host;
    this.kademlia = kademlia;
    this.addresses = addresses;
    this.peers = peers;
    this.rehearsal = rehearsal;
    this.release = release;
  }

  /** Makes the host; nobody can reach it yet. Throws {@code INVALID_ARGUMENT} for bad addresses. */
  static PeerNetwork open(
      NodeConfig.Net config, PrivateKey key, SecureRandom random, InstantSource clock) {
    List<Multiaddr> addresses = config.addresses().stream().map(Multiaddr::parse).toList();
    List<PeerAddresses> peers = config.peers().stream().map(PeerAddresses::parse).toList();
    int cores = Runtime.getRuntime().availableProcessors();
    var loops = new TcpLoops(Math.min(cores, LOOPS_MAX), new NodeThreads("net"));
    ThreadPoolExecutor lookups = lookups();
    var tls = new TlsSecurity(key, random, clock);
    var host =
        new NetworkHost(
            PeerId.of(key.publicKey()),
            loops.next(),
            List.of(new TcpTransport(loops, lookups)),
            List.of(tls, new NoiseSecurity(key, random)),
            new Yamux(YamuxSettings.DEFAULT),
            HostSettings.DEFAULT);
    return over(
        host,
        key,
        addresses,
        peers,
        random,
        clock,
        tls::rehearse,
        () -> {
          loops.close();
          lookups.shutdown();
        });
  }

  /**
   * The same on a host that was made elsewhere.
   *
   * @param addresses where it listens
   * @param peers dialled at the start, and again
   * @param rehearsal what {@link #rehearse} runs
   * @param release what runs when all is closed
   */
  static PeerNetwork over(
      NetworkHost host,
      PrivateKey key,
      List<Multiaddr> addresses,
      List<PeerAddresses> peers,
      RandomGenerator random,
      InstantSource clock,
      Runnable rehearsal,
      Runnable release) {
    Identify.serve(host, key, AGENT, clock);
    Ping.serve(host);
    var kademlia = new Kademlia(host, List.of(KadSettings.lan(), KadSettings.wan()), random);
    host.route(kademlia);
    return new PeerNetwork(host, kademlia, addresses, peers, rehearsal, release);
  }

  private static ThreadPoolExecutor lookups() {
    var executor =
        new ThreadPoolExecutor(
            LOOKUP_THREADS,
            LOOKUP_THREADS,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(LOOKUPS_WAITING_MAX),
            new NodeThreads("lookup"));
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }

  Host host() {
    return host;
  }

  /** What the API tells of the host. */
  PeerInfo info() {
    return new PeerInfo(
        host.id().toString(), host.addresses().stream().map(Multiaddr::toString).toList());
  }

  /**
   * Takes its addresses and begins to dial the peers it was given. Throws {@code ADDRESS_IN_USE}.
   */
  void listen() {
    host.bind(addresses);
    LOG.atInfo()
        .addKeyValue("PeerId", host.id())
        .addKeyValue("Address", host.addresses())
        .log("Created LibP2P host");
    standing = StandingPeers.keep(host, peers);
  }

  /** Does once what the first peer would have to wait for. */
  void rehearse() {
    rehearsal.run();
  }

  /** Waits until each of the peers it was given was met or could not be, at most {@code limit}. */
  void awaitPeers(Duration limit) {
    if (standing != null) {
      try {
        standing.met().toCompletableFuture().get(limit.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException late) {
        LOG.info("Some peers answer slowly");
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
      } catch (ExecutionException never) {
        throw new IllegalStateException(never);
      }
    }
  }

  @Override
  public void close() {
    if (standing != null) {
      standing.close();
    }
    kademlia.close();
    host.close();
    release.run();
  }
}
