package io.defradb.node;

import io.defradb.crypto.PrivateKey;
import io.defradb.db.Database;
import io.defradb.db.merge.MergeQueue;
import io.defradb.event.EventBus;
import io.defradb.libp2p.host.Connection;
import io.defradb.libp2p.host.ConnectionListener;
import io.defradb.libp2p.host.Host;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.libp2p.protocol.bitswap.Bitswap;
import io.defradb.libp2p.protocol.bitswap.BitswapSettings;
import io.defradb.libp2p.protocol.bitswap.BitswapStats;
import io.defradb.libp2p.protocol.gossipsub.GossipSettings;
import io.defradb.libp2p.protocol.gossipsub.GossipStats;
import io.defradb.libp2p.protocol.gossipsub.GossipSub;
import io.defradb.libp2p.protocol.gossipsub.PubSub;
import io.defradb.libp2p.protocol.gossipsub.SilentPubSub;
import io.defradb.libp2p.transport.EventLoop;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import io.defradb.replication.Replication;
import io.defradb.replication.access.GuardedBlocks;
import io.defradb.replication.access.GuardedKeys;
import io.defradb.replication.access.PeerIdentities;
import io.defradb.replication.docsync.DocumentSync;
import io.defradb.replication.keyexchange.KeyExchange;
import io.defradb.replication.keyexchange.KeyGuard;
import io.defradb.replication.pushlog.AskedBlocks;
import io.defradb.replication.pushlog.KeySource;
import io.defradb.replication.pushlog.LogReceiver;
import io.defradb.replication.pushlog.LogSender;
import io.defradb.replication.pushlog.PushLog;
import io.defradb.replication.replicator.PushTarget;
import io.defradb.replication.replicator.Replicators;
import io.defradb.replication.rpc.RpcClient;
import io.defradb.replication.rpc.RpcServer;
import io.defradb.replication.subdag.SubDags;
import io.defradb.replication.topic.AnsweredTopics;
import io.defradb.replication.topic.Audience;
import io.defradb.replication.topic.CommitAnnouncer;
import io.defradb.replication.topic.FollowedTopics;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The network and everything that database and peers share: made, started and closed here. What
 * users direct is {@link #replication}.
 */
final class PeerServices implements AutoCloseable {
  private static final int WORKERS_MIN = 2;
  private static final int TASKS_MAX = 200_000;
  private static final int MERGES_MAX = 10_000;
  private static final Duration MEETING_LIMIT = Duration.ofSeconds(2);
  private static final Duration CALL_LIMIT = Duration.ofSeconds(10);
  private static final Duration WANTS_RETRY = Duration.ofSeconds(30);
  private static final Bytes NO_DATA = Bytes.EMPTY;

  private final PeerNetwork network;
  private final ExecutorService workers;
  private final Bitswap bitswap;
  private final LogReceiver receiver;
  private final Replicators replicators;
  private final @Nullable GossipSub gossip;
  private final GossipStats gossipStats;
  private final AnsweredTopics topics;
  private final FollowedTopics followed;
  private final @Nullable KeyExchange keys;
  private final DocumentSync documentSync;
  private final CommitAnnouncer announcer;
  private final Replication replication;
  private EventLoop.@Nullable Timer wantsTimer;
  private volatile boolean isClosed;

  /** Makes everything; nobody is reached before {@link #listen}. */
  PeerServices(
      NodeConfig.Net config,
      PeerPolicy policy,
      PrivateKey key,
      Database database,
      EventBus events,
      InstantSource clock,
      SecureRandom random) {
    this(
        PeerNetwork.open(config, key, random, clock),
        workers(),
        config.hasPubSub(),
        config.retryIntervals(),
        policy,
        key,
        database,
        events,
        clock,
        random);
  }

  /**
   * The same on a network and workers that were made elsewhere; both are closed with this.
   *
   * @param hasPubSub whether there are topics: without, only replicators and bitswap are left
   * @param retryIntervals after which owed documents are tried again; the last one repeats
   */
  PeerServices(
      PeerNetwork network,
      ExecutorService workers,
      boolean hasPubSub,
      List<Duration> retryIntervals,
      PeerPolicy policy,
      PrivateKey key,
      Database database,
      EventBus events,
      InstantSource clock,
      RandomGenerator random) {
    this.network = network;
    this.workers = workers;
    Host host = network.host();
    this.gossip = hasPubSub ? gossip(host, key, clock, random) : null;
    this.gossipStats = gossip == null ? new GossipStats() : gossip.stats();
    PubSub pubSub = gossip == null ? new SilentPubSub() : gossip;
    this.topics = new AnsweredTopics(pubSub, host.id(), workers);
    var client = new RpcClient(host);
    var identities = new PeerIdentities(client, host.id(), policy.toldIdentity(), clock);
    var guard = new GuardedKeys(database, identities, workers);
    this.keys = policy.hasKeyExchange() ? keyExchange(guard, policy.did(), database, random) : null;
    var blocks = new GuardedBlocks(database, identities, workers);
    var asked = new AskedBlocks(blocks, host.loop());
    this.bitswap = new Bitswap(host, asked, BitswapSettings.DEFAULT);
    var subDags = new SubDags(host, blocks);
    var merges = new MergeQueue(database, workers, clock, MERGES_MAX);
    this.receiver =
        new LogReceiver(
            database, merges, bitswap, subDags, keys == null ? KeySource.NONE : keys, workers);
    RpcServer.register(host, LogSender.handlers(receiver, identities.handler()));
    var sender = new LogSender(client);
    var target = new Target(sender, subDags, asked);
    this.replicators =
        new Replicators(database, host, target, events, workers, clock, retryIntervals);
    this.followed =
        new FollowedTopics(
            database,
            topics,
            message ->
                receiver
                    .heard(message.data(), message.sender(), message.author())
                    .thenApply(done -> NO_DATA));
    this.documentSync =
        new DocumentSync(
            database, topics, host.id(), host.loop(), receiver::fetchAndMerge, workers);
    this.announcer =
        new CommitAnnouncer(
            database,
            topics,
            host.id(),
            events,
            workers,
            host.loop(),
            new Listeners(host, sender, subDags, asked, replicators));
    this.replication =
        new PeerReplication(
            network, database, followed, documentSync, replicators, workers, random);
    host.listen(new Arrivals());
    host.listen(identities);
  }

  private static GossipSub gossip(
      Host host, PrivateKey key, InstantSource clock, RandomGenerator random) {
    Instant now = clock.instant();
    long firstSeqno = TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    return new GossipSub(host, key, firstSeqno, random, GossipSettings.DEFAULT);
  }

  private KeyExchange keyExchange(
      KeyGuard guard, String did, Database database, RandomGenerator random) {
    Host host = network.host();
    return new KeyExchange(database, guard, topics, host.id(), did, host.loop(), workers, random);
  }

  private static ThreadPoolExecutor workers() {
    int count = Math.max(WORKERS_MIN, Runtime.getRuntime().availableProcessors());
    var executor =
        new ThreadPoolExecutor(
            count,
            count,
            1,
            TimeUnit.MINUTES,
            new LinkedBlockingQueue<>(TASKS_MAX),
            new NodeThreads("peers"));
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }

  /** Takes its addresses and goes on with what is stored. Throws {@code ADDRESS_IN_USE}. */
  void listen() {
    network.listen();
    documentSync.join();
    if (keys != null) {
      keys.join();
    }
    followed.rejoin();
    replicators.start();
    retryWants();
  }

  /**
   * Waits a moment for the peers it was given: who then changes a document or follows a topic is
   * heard by them.
   */
  void awaitPeers() {
    network.awaitPeers(MEETING_LIMIT);
  }

  /** Does once what the first peer would have to wait for; takes its time. */
  void rehearse() {
    network.rehearse();
  }

  private void retryWants() {
    if (!isClosed) {
      receiver.retryWants();
      wantsTimer = network.host().loop().schedule(WANTS_RETRY, this::retryWants);
    }
  }

  /** What users direct. */
  Replication replication() {
    return replication;
  }

  /** Open connections. */
  int connections() {
    return network.host().connections().size();
  }

  /** Commits that wait for blocks or keys. Reads the store. */
  int wants() {
    return receiver.wants().size();
  }

  /** See {@link LogReceiver#refused}. */
  long refusedLogs() {
    return receiver.refused();
  }

  GossipStats gossipStats() {
    return gossipStats;
  }

  /** See {@link AnsweredTopics#unanswered}. */
  long unansweredMessages() {
    return topics.unanswered();
  }

  BitswapStats bitswapStats() {
    return bitswap.stats();
  }

  /** Says good-bye to all; what was acknowledged is stored. */
  @Override
  public void close() {
    isClosed = true;
    if (wantsTimer != null) {
      wantsTimer.cancel();
    }
    announcer.close();
    replicators.close();
    if (keys != null) {
      keys.close();
    }
    topics.close();
    if (gossip != null) {
      gossip.close();
    }
    bitswap.close();
    network.close();
    workers.shutdown();
    try {
      workers.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whom replicators push to. */
  private record Target(LogSender sender, SubDags subDags, AskedBlocks asked)
      implements PushTarget {
    @Override
    public CompletionStage<Void> push(PeerId peer, PushLog log, Duration limit) {
      return sender.send(peer, log, limit);
    }

    @Override
    public CompletionStage<Void> stage(
        PeerId peer, PushLog log, Collection<Cid> last, Duration limit) {
      CompletableFuture<Void> enough = asked.watch(peer, last);
      return sender
          .sendUntil(peer, log, limit, enough)
          .whenComplete((done, failure) -> enough.complete(null));
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

  /** Who is told of commits. */
  private record Listeners(
      Host host, LogSender sender, SubDags subDags, AskedBlocks asked, Replicators replicators)
      implements Audience {
    @Override
    public boolean isEmpty() {
      return host.connections().isEmpty();
    }

    @Override
    public boolean hasSlowPeers() {
      return subDags.isForeignToSome();
    }

    @Override
    public boolean isSwift(PeerId peer) {
      return subDags.isSpokenBy(peer);
    }

    @Override
    public boolean mayMiss(PeerId peer) {
      return subDags.isForeignTo(peer) && !replicators.pushTo(peer);
    }

    @Override
    public CompletableFuture<Void> asked(PeerId peer, Cid cid) {
      return asked.watch(peer, List.of(cid));
    }

    @Override
    public CompletionStage<Void> call(PeerId peer, PushLog log) {
      return sender.send(peer, log, CALL_LIMIT);
    }
  }

  /** Whoever comes may have what this node waits for. */
  private final class Arrivals implements ConnectionListener {
    @Override
    public void identified(Connection connection, Set<String> protocols) {
      if (!isClosed && protocols.contains(RpcServer.PROTOCOL)) {
        receiver.retryWants();
      }
    }
  }
}
