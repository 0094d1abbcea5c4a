package io.defradb.replication.replicator;

import io.defradb.db.Database;
import io.defradb.db.Transaction;
import io.defradb.document.DocIds;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.event.EventBus;
import io.defradb.libp2p.address.Multiaddr;
import io.defradb.libp2p.host.Connection;
import io.defradb.libp2p.host.ConnectionListener;
import io.defradb.libp2p.host.Host;
import io.defradb.libp2p.peer.PeerAddresses;
import io.defradb.libp2p.peer.PeerId;
import io.defradb.replication.PeerInfo;
import io.defradb.replication.PeerStatus;
import io.defradb.replication.Replicator;
import io.defradb.schema.CollectionVersion;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The peers that this node pushes to. Safe for use by many threads; calls block on storage, never
 * on a peer.
 */
public final class Replicators implements AutoCloseable {
  private final Database database;
  private final Host host;
  private final ReplicatorStore store;
  private final ReplicatorRun.Setting setting;
  private final Map<PeerId, ReplicatorRun> runs = new ConcurrentHashMap<>();
  private final EventBus.Subscription subscription;
  private volatile boolean isClosed;

  /** {@code owedIntervals}: after which owed documents are tried again; the last one repeats. */
  public Replicators(
      Database database,
      Host host,
      PushTarget target,
      EventBus events,
      Executor workers,
      InstantSource clock,
      List<Duration> owedIntervals) {
    this.database = database;
    this.host = host;
    this.store = new ReplicatorStore(database);
    this.setting = new ReplicatorRun.Setting(target, workers, host.loop(), clock, owedIntervals);
    this.subscription = events.subscribe(advanced -> runs.values().forEach(ReplicatorRun::wake));
    host.listen(new Arrivals());
  }

  /** Goes on with those that are stored. */
  public void start() {
    store.all().forEach(this::run);
  }

  private void run(PeerId peer, ReplicatorState state) {
    List<Multiaddr> addresses = state.addresses().stream().map(Multiaddr::parse).toList();
    host.peers().add(new PeerAddresses(peer, addresses));
    if (!isClosed) {
      runs.computeIfAbsent(peer, any -> new ReplicatorRun(peer, store, reader(peer), setting))
          .start();
    }
  }

  private BatchReader reader(PeerId peer) {
    return new BatchReader(database, host.id(), peer, () -> setting.target().takesBlocks(peer));
  }

  /**
   * Pushes to a peer from now on, what exists first; adds to what is pushed to it already.
   *
   * @param collections names; empty: all there are
   * @param docIds only these documents; empty: all of the collections
   * @throws DefraException INVALID_ARGUMENT, COLLECTION_NOT_FOUND, INVALID_DOC_ID
   */
  public void set(PeerAddresses target, List<String> collections, List<String> docIds) {
    if (target.id().equals(host.id())) {
      throw new DefraException(
          ErrorCode.INVALID_ARGUMENT, "can't target ourselves as a replicator");
    }
    Set<String> ids = new TreeSet<>();
    long lastSeq;
    try (Transaction transaction = database.begin(true)) {
      collections(transaction, collections).forEach(found -> ids.add(found.collectionId()));
      lastSeq = transaction.log().newestSeq();
    }
    docIds.forEach(DocIds::parse);
    Instant now = setting.clock().instant();
    ReplicatorState state =
        store.change(
            target.id(),
            known -> added(known, target, docIds.isEmpty() ? ids : Set.of(), docIds, lastSeq, now),
            docIds,
            Set.of());
    if (state != null) {
      run(target.id(), state);
    }
  }

  private static ReplicatorState added(
      @Nullable ReplicatorState known,
      PeerAddresses target,
      Set<String> collectionIds,
      List<String> docIds,
      long lastSeq,
      Instant now) {
    List<String> addresses = new ArrayList<>();
    target.addresses().forEach(address -> addresses.add(address.toString()));
    if (known == null) {
      var backfill = new TreeMap<String, String>();
      collectionIds.forEach(id -> backfill.put(id, ""));
      return new ReplicatorState(
          addresses,
          new TreeSet<>(collectionIds),
          new TreeSet<>(docIds),
          true,
          now,
          lastSeq,
          backfill);
    }
    known.addresses().stream().filter(text -> !addresses.contains(text)).forEach(addresses::add);
    var allCollections = new TreeSet<>(known.collectionIds());
    var allDocuments = new TreeSet<>(known.docIds());
    var backfill = new TreeMap<>(known.backfill());
    collectionIds.stream().filter(allCollections::add).forEach(id -> backfill.put(id, ""));
    allDocuments.addAll(docIds);
    return new ReplicatorState(
        addresses,
        allCollections,
        allDocuments,
        known.isActive(),
        known.since(),
        known.cursor(),
        backfill);
  }

  /**
   * Takes collections or documents from a replicator, and the replicator with the last of them.
   *
   * @param collections names; empty: everything, unless there are {@code docIds}
   * @throws DefraException KEY_NOT_FOUND for an unknown peer, COLLECTION_NOT_FOUND
   */
  public void delete(PeerId peer, List<String> collections, List<String> docIds) {
    Set<String> ids = new TreeSet<>();
    try (Transaction transaction = database.begin(true)) {
      collections(transaction, collections).forEach(found -> ids.add(found.collectionId()));
    }
    ReplicatorState left =
        store.change(
            peer,
            known -> {
              if (known == null) {
                throw new DefraException(ErrorCode.KEY_NOT_FOUND, "replicator not found");
              }
              ReplicatorState rest = removed(known, collections, ids, docIds);
              return rest.isEmpty() ? null : rest;
            });
    if (left == null) {
      ReplicatorRun run = runs.remove(peer);
      if (run != null) {
        run.stop();
      }
    }
  }

  private static ReplicatorState removed(
      ReplicatorState known, List<String> collections, Set<String> ids, List<String> docIds) {
    var leftCollections = new TreeSet<>(known.collectionIds());
    var leftDocuments = new TreeSet<>(known.docIds());
    var backfill = new TreeMap<>(known.backfill());
    if (!docIds.isEmpty()) {
      docIds.forEach(leftDocuments::remove);
    } else if (collections.isEmpty()) {
      leftCollections.clear();
      leftDocuments.clear();
      backfill.clear();
    } else {
      leftCollections.removeAll(ids);
      backfill.keySet().removeAll(ids);
    }
    return new ReplicatorState(
        known.addresses(),
        leftCollections,
        leftDocuments,
        known.isActive(),
        known.since(),
        known.cursor(),
        backfill);
  }

  private static List<CollectionVersion> collections(Transaction transaction, List<String> names) {
    if (names.isEmpty()) {
      return transaction.catalog().active();
    }
    return names.stream()
        .map(
            name ->
                transaction
                    .catalog()
                    .activeByName(name)
                    .orElseThrow(
                        () ->
                            new DefraException(
                                ErrorCode.COLLECTION_NOT_FOUND,
                                "collection not found",
                                "Name",
                                name)))
        .toList();
  }

  /** Whether there is one whose target the peer is. */
  public boolean pushTo(PeerId peer) {
    return runs.containsKey(peer);
  }

  /** As users see them, by peer ID. */
  public List<Replicator> list() {
    List<Replicator> list = new ArrayList<>();
    store
        .all()
        .forEach(
            (peer, state) ->
                list.add(
                    new Replicator(
                        new PeerInfo(peer.toString(), state.addresses()),
                        List.copyOf(state.collectionIds()),
                        List.copyOf(state.docIds()),
                        state.isActive(),
                        state.since())));
    return list;
  }

  /** How far each has come. */
  public List<PeerStatus> status() {
    long lastSeq;
    try (Transaction transaction = database.begin(true)) {
      lastSeq = transaction.log().newestSeq();
    }
    Set<PeerId> connected = new TreeSet<>();
    host.connections().forEach(connection -> connected.add(connection.remotePeer()));
    List<PeerStatus> status = new ArrayList<>();
    store
        .all()
        .forEach(
            (peer, state) -> {
              ReplicatorRun run = runs.get(peer);
              status.add(
                  new PeerStatus(
                      peer.toString(),
                      connected.contains(peer),
                      state.backfill().isEmpty() ? state.cursor() : 0,
                      lastSeq,
                      store.owed(peer).size(),
                      run == null ? null : run.lastSuccess(),
                      run == null ? null : run.lastFailure()));
            });
    return status;
  }

  /** Stops pushing; what was acknowledged is stored. */
  @Override
  public void close() {
    isClosed = true;
    subscription.close();
    runs.values().forEach(ReplicatorRun::stop);
  }

  /** A peer that comes back is told at once what it missed. */
  private final class Arrivals implements ConnectionListener {
    @Override
    public void connected(Connection connection) {
      ReplicatorRun run = runs.get(connection.remotePeer());
      if (run != null) {
        run.connected();
      }
    }
  }
}
