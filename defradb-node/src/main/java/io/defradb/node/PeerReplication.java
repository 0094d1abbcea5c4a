package io.defradb.node;

import io.defradb.db.Database;
import io.defradb.document.DocId;
import io.defradb.document.DocIds;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.libp2p.address.Multiaddr;
import io.defradb.libp2p.host.Connection;
import io.defradb.libp2p.host.Host;
import io.defradb.libp2p.peer.PeerAddresses;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.libp2p.protocol.ping.Ping;
import io.defradb.libp2p.transport.EventLoop;
import io.defradb.replication.PeerInfo;
import io.defradb.replication.PeerStatus;
import io.defradb.replication.Replication;
import io.defradb.replication.Replicator;
import io.defradb.replication.ReplicatorTarget;
import io.defradb.replication.Subscriptions;
import io.defradb.replication.docsync.DocumentSync;
import io.defradb.replication.replicator.Replicators;
import io.defradb.replication.topic.FollowedTopics;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Hands what users ask of the peers to the service that does it. */
final class PeerReplication implements Replication {
  private static final Duration TOLD_LIMIT = Duration.ofSeconds(1);
  private static final int TOLD_PEERS_MAX = 64;
  private static final Duration SYNC_LIMIT = Duration.ofMinutes(5);

  private final PeerNetwork network;
  private final Database database;
  private final FollowedTopics followed;
  private final DocumentSync documentSync;
  private final Replicators replicators;
  private final ExecutorService workers;
  private final RandomGenerator random;

  PeerReplication(
      PeerNetwork network,
      Database database,
      FollowedTopics followed,
      DocumentSync documentSync,
      Replicators replicators,
      ExecutorService workers,
      RandomGenerator random) {
    this.network = network;
    this.database = database;
    this.followed = followed;
    this.documentSync = documentSync;
    this.replicators = replicators;
    this.workers = workers;
    this.random = random;
  }

  @Override
  public PeerInfo info() {
    return network.info();
  }

  @Override
  public Subscriptions collections() {
    return followed.collections();
  }

  @Override
  public Subscriptions documents() {
    return followed.documents();
  }

  /** Who answers a ping has got what it was told before. */
  @Override
  public CompletionStage<Void> told() {
    Host host = network.host();
    var told = new CompletableFuture<Void>();
    host.loop()
        .execute( // behind what is to be told
            () -> {
              EventLoop.Timer limit = host.loop().schedule(TOLD_LIMIT, () -> told.complete(null));
              var unused = told.whenComplete((done, never) -> limit.cancel());
              pinged(host).whenComplete((done, failure) -> told.complete(null));
            });
    return told;
  }

  private CompletionStage<Void> pinged(Host host) {
    return CompletableFuture.allOf(
        host.connections().stream()
            .map(Connection::remotePeer)
            .distinct()
            .limit(TOLD_PEERS_MAX)
            .map(peer -> Ping.ping(host, peer, random).toCompletableFuture())
            .toArray(CompletableFuture[]::new));
  }

  @Override
  public CompletionStage<Void> sync(
      String collection, List<String> docIds, @Nullable Duration timeout) {
    return later(
        () -> {
          List<DocId> documents = docIds.stream().map(DocIds::parse).toList();
          return documentSync.sync(
              collectionId(collection), documents, timeout == null ? SYNC_LIMIT : timeout);
        });
  }

  private String collectionId(String name) {
    try (var transaction = database.begin(true)) {
      return transaction
          .catalog()
          .activeByName(name)
          .orElseThrow(
              () ->
                  new DefraException(
                      ErrorCode.COLLECTION_NOT_FOUND, "collection not found", "Name", name))
          .collectionId();
    }
  }

  @Override
  public List<Replicator> replicators() {
    return replicators.list();
  }

  @Override
  public CompletionStage<Void> setReplicator(ReplicatorTarget target) {
    return later(
        () ->
            withPeer(
                target.peer(),
                peer -> replicators.set(peer, target.collections(), target.docIds())));
  }

  /** A replicator at an address without a peer ID need not be reachable. */
  @Override
  public CompletionStage<Void> deleteReplicator(ReplicatorTarget target) {
    PeerInfo named = target.peer();
    PeerInfo known =
        replicators.list().stream()
            .map(Replicator::peer)
            .filter(peer -> named.id().isEmpty())
            .filter(peer -> peer.addresses().stream().anyMatch(named.addresses()::contains))
            .findFirst()
            .orElse(named);
    return later(
        () ->
            withPeer(
                known,
                peer -> replicators.delete(peer.id(), target.collections(), target.docIds())));
  }

  private static CompletionStage<Void> later(Supplier<CompletionStage<Void>> action) {
    try {
      return action.get();
    } catch (DefraException failure) {
      return CompletableFuture.failedFuture(failure);
    } catch (RejectedExecutionException full) {
      return CompletableFuture.failedFuture(
          new DefraException(ErrorCode.BUSY, "too much is asked of the network", full));
    }
  }

  /** A peer without an ID is whoever answers at its address. */
  private CompletionStage<Void> withPeer(PeerInfo named, Consumer<PeerAddresses> action) {
    List<Multiaddr> addresses = named.addresses().stream().map(Multiaddr::parse).toList();
    if (!named.id().isEmpty()) {
      action.accept(new PeerAddresses(PeerId.parse(named.id()), addresses));
      return CompletableFuture.completedFuture(null);
    }
    if (addresses.isEmpty()) {
      throw new DefraException(ErrorCode.INVALID_ARGUMENT, "empty peer ID");
    }
    return network
        .host()
        .connect(addresses.get(0))
        .thenAcceptAsync(
            connection -> action.accept(new PeerAddresses(connection.remotePeer(), addresses)),
            workers);
  }

  @Override
  public List<PeerStatus> status() {
    return replicators.status();
  }
}
