package io.defradb.replication.testing;

import io.defradb.crdt.Delta;
import io.defradb.dag.BlockCodec;
import io.defradb.db.merge.MergeQueue;
import io.defradb.db.merge.Replica;
import io.defradb.db.write.WriteRandom;
import io.defradb.document.DocId;
import io.defradb.libp2p.host.NetworkHost;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.libp2p.protocol.bitswap.Bitswap;
import io.defradb.libp2p.protocol.bitswap.BitswapSettings;
import io.defradb.libp2p.protocol.identify.Identify;
import io.defradb.libp2p.testing.MemoryHosts;
import io.defradb.multiformats.Cid;
import io.defradb.replication.access.GuardedBlocks;
import io.defradb.replication.access.PeerIdentities;
import io.defradb.replication.pushlog.KeySource;
import io.defradb.replication.pushlog.LogReceiver;
import io.defradb.replication.pushlog.LogSender;
import io.defradb.replication.pushlog.PushLog;
import io.defradb.replication.replicator.PushTarget;
import io.defradb.replication.replicator.Replicators;
import io.defradb.replication.rpc.RpcClient;
import io.defradb.replication.rpc.RpcServer;
import io.defradb.replication.subdag.SubDags;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** A database among peers on a memory network: everything on one schedule, by one seed. */
public final class MemoryNode {
  private final MemoryHosts hosts;
  private final NetworkHost host;
  private final Replica replica;
  private final SubDags subDags;
  private final LogReceiver receiver;
  private final LogSender sender;
  private Replicators replicators;

  public MemoryNode(MemoryHosts hosts, String name, String sdl) {
    this(hosts, name, new Replica(sdl, WriteRandom.of(new Random(name.hashCode())), null));
  }

  /** With a database that is there already. */
  public MemoryNode(MemoryHosts hosts, String name, Replica replica) {
    this(hosts, name, replica, host -> KeySource.NONE);
  }

  /** {@code keys}: where those of encrypted commits are had. */
  public MemoryNode(
      MemoryHosts hosts, String name, Replica replica, Function<NetworkHost, KeySource> keys) {
    this.hosts = hosts;
    this.replica = replica;
    host = hosts.host(name);
    var workers = host.loop();
    var merges = new MergeQueue(replica.database(), workers, InstantSource.system(), 10_000);
    var client = new RpcClient(host);
    var identities = new PeerIdentities(client, host.id(), null, InstantSource.system());
    var blocks = new GuardedBlocks(replica.database(), identities, workers);
    var exchange = new Bitswap(host, blocks, BitswapSettings.DEFAULT);
    subDags = new SubDags(host, blocks);
    receiver =
        new LogReceiver(replica.database(), merges, exchange, subDags, keys.apply(host), workers);
    RpcServer.register(host, LogSender.handlers(receiver, identities.handler()));
    sender = new LogSender(client);
    replicators = newReplicators();
    Identify.serve(host, MemoryHosts.key(name), "test", InstantSource.system());
  }

  private Replicators newReplicators() {
    return replicators(new Target());
  }

  /** More of them, which tell a target of the test's own; the test closes them. */
  public Replicators replicators(PushTarget target) {
    return new Replicators(
        replica.database(),
        host,
        target,
        replica.events(),
        host.loop(),
        InstantSource.system(),
        List.of(Duration.ofSeconds(30), Duration.ofMinutes(1)));
  }

  private final class Target implements PushTarget {
    @Override
    public CompletionStage<Void> push(PeerId peer, PushLog log, Duration limit) {
      return sender.send(peer, log, limit);
    }

    @Override
    public CompletionStage<Void> stage(
        PeerId peer, PushLog log, Collection<Cid> last, Duration limit) {
      return sender.send(peer, log, limit);
    }

    @Override
    public CompletionStage<Void> meet(PeerId peer) {
      return subDags.meet(peer);
    }

    @Override
    public boolean takesBlocks(PeerId peer) {
      return subDags.isSpokenBy(peer);
    }
  }

  /** The database and what is pushed begin again from what is stored. */
  public void restart() {
    replicators.close();
    replica.restart();
    replicators = newReplicators();
    replicators.start();
  }

  public NetworkHost host() {
    return host;
  }

  public Replica replica() {
    return replica;
  }

  public LogReceiver receiver() {
    return receiver;
  }

  public Replicators replicators() {
    return replicators;
  }

  public void connect(MemoryNode other) {
    hosts.await(host.connect(MemoryHosts.addresses(other.host)));
  }

  /** Tells one commit to a peer. */
  public CompletionStage<Void> push(Cid tip, MemoryNode to, String collectionId) {
    Delta delta = BlockCodec.decode(replica.raw(tip).toArray()).delta();
    DocId docId = delta instanceof Delta.Composite composite ? composite.docId() : null;
    return sender.send(
        to.host.id(),
        new PushLog(docId, tip, collectionId, host.id(), replica.raw(tip)),
        Duration.ofSeconds(10));
  }

  /** Tells everything there is to a peer that has the same collection. */
  public void pushAll(MemoryNode to, String collection) {
    String collectionId = to.replica.collectionId(collection);
    replica.tips().keySet().forEach(tip -> hosts.await(push(tip, to, collectionId)));
  }

  public boolean isEqualTo(MemoryNode other) {
    return replica.heads().equals(other.replica.heads())
        && replica.state().equals(other.replica.state());
  }
}
