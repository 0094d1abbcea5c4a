package io.defradb.node;

import io.defradb.crdt.Delta;
import io.defradb.crypto.KeyType;
import io.defradb.crypto.PrivateKey;
import io.defradb.dag.BlockCodec;
import io.defradb.db.merge.MergeQueue;
import io.defradb.db.merge.Replica;
import io.defradb.db.merge.Want;
import io.defradb.db.write.WriteRandom;
import io.defradb.document.DocId;
import io.defradb.identity.Identity;
import io.defradb.libp2p.host.HostSettings;
import io.defradb.libp2p.host.NetworkHost;
import io.defradb.libp2p.muxer.yamux.Yamux;
import io.defradb.libp2p.muxer.yamux.YamuxSettings;
import io.defradb.libp2p.peer.PeerAddresses;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.libp2p.security.plain.PlainSecurity;
import io.defradb.libp2p.testing.MemoryHosts;
import io.defradb.libp2p.transport.memory.MemoryNetwork;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import io.defradb.replication.PeerInfo;
import io.defradb.replication.Replication;
import io.defradb.replication.ReplicatorTarget;
import io.defradb.replication.pushlog.LogSender;
import io.defradb.replication.pushlog.PushLog;
import io.defradb.replication.rpc.RpcClient;
import io.defradb.replication.subdag.SubDags;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A node as {@link PeerServices} puts it together, with its database, on a memory network: it is
 * started, killed and started again on what it has stored.
 */
final class SimulatedNode {
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  private static final List<Duration> RETRIES =
      List.of(Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(10));

  private final String name;
  private final MemoryNetwork network;
  private final List<PeerAddresses> peers;
  private final boolean isPlain;
  private final SimulatedDisk disk = new SimulatedDisk();
  private final Random random;
  private final String sdl;
  private final Replica.Protection protection;
  private final PrivateKey key;
  private final Identity identity;
  private final InstantSource clock;
  private @Nullable Life life;

  /** From one start to the next end. */
  private record Life(
      SimulatedProcess process,
      Replica replica,
      NetworkHost host,
      PeerServices services,
      LogSender repeater) {}

  /**
   * Not started.
   *
   * @param sdl its collections
   * @param protection of those that name a policy
   * @param peers whom it dials by itself
   * @param isPlain it speaks the reference's protocols and no others
   */
  SimulatedNode(
      MemoryNetwork network,
      String name,
      String sdl,
      Replica.Protection protection,
      List<PeerAddresses> peers,
      boolean isPlain,
      long seed) {
    this.network = network;
    this.name = name;
    this.sdl = sdl;
    this.protection = protection;
    this.peers = peers;
    this.isPlain = isPlain;
    this.random = new Random(seed);
    this.key = MemoryHosts.key(name);
    this.identity = Identity.generate(KeyType.ED25519, new Random(seed));
    this.clock = () -> BEGIN.plusNanos(network.schedule().nanoTime());
  }

  void start() {
    var process = new SimulatedProcess(network.schedule(), random);
    var replica =
        new Replica(
            disk.open(process::isAlive), sdl, WriteRandom.of(random), null, clock, protection);
    var host =
        new NetworkHost(
            id(),
            process,
            List.of(network.transport(name)),
            List.of(new PlainSecurity(id())),
            new Yamux(YamuxSettings.DEFAULT),
            HostSettings.DEFAULT);
    PeerNetwork met =
        PeerNetwork.over(
            host,
            key,
            List.of(MemoryNetwork.address(name)),
            peers,
            random,
            clock,
            () -> {},
            () -> {});
    var services =
        new PeerServices(
            met,
            process.workers(),
            true,
            RETRIES,
            new PeerPolicy(identity, true, true),
            key,
            replica.database(),
            replica.events(),
            clock,
            random);
    life = new Life(process, replica, host, services, new LogSender(new RpcClient(host)));
    if (isPlain) {
      host.removeHandler(SubDags.PROTOCOL);
    }
    services.listen();
  }

  /** At once, as by a kill: what is not stored is lost. */
  void kill() {
    life().process.kill();
    network.crash(name);
    life = null;
  }

  /** In good order; the end comes a moment later. */
  void stop() {
    life().services.close();
    network.schedule().runFor(Duration.ofMillis(20));
    kill();
  }

  boolean isRunning() {
    return life != null;
  }

  private Life life() {
    if (life == null) {
      throw new IllegalStateException(name + " does not run");
    }
    return life;
  }

  String name() {
    return name;
  }

  PeerId id() {
    return PeerId.of(key.publicKey());
  }

  /** What peers are proved that ask who it is. */
  String did() {
    return identity.did();
  }

  PeerAddresses addresses() {
    return new PeerAddresses(id(), List.of(MemoryNetwork.address(name)));
  }

  SimulatedDisk disk() {
    return disk;
  }

  Replica replica() {
    return life().replica;
  }

  Replication replication() {
    return life().services.replication();
  }

  NetworkHost host() {
    return life().host;
  }

  /** One of its own commits, as it is told to others. */
  PushLog pushLog(Cid cid, String collection) {
    Bytes block = replica().raw(cid);
    Delta delta = BlockCodec.decode(block.toArray()).delta();
    DocId docId = delta instanceof Delta.Composite composite ? composite.docId() : null;
    return new PushLog(docId, cid, replica().collectionId(collection), id(), block);
  }

  /** Tells a commit, apart from all that the node does by itself. */
  void repeat(PushLog log, PeerId to) {
    life().repeater.send(to, log, Duration.ofSeconds(10));
  }

  /** {@code collections}: empty means all. */
  ReplicatorTarget asTarget(List<String> collections) {
    return new ReplicatorTarget(
        new PeerInfo(id().toString(), List.of(MemoryNetwork.address(name).toString())),
        collections,
        List.of());
  }

  /** What was told and could not be had yet. */
  List<Want> wants() {
    return new MergeQueue(replica().database(), Runnable::run, clock, 1).wants();
  }

  /** Whether every peer that it pushes to has all there is. */
  boolean isCaughtUp() {
    return replication().status().stream()
        .allMatch(peer -> peer.lag() == 0 && peer.owedDocuments() == 0);
  }
}
