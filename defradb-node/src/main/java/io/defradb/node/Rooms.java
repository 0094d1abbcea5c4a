package io.defradb.node;

import io.defradb.acp.DocumentAccess;
import io.defradb.crypto.Hkdf;
import io.defradb.db.feed.Feed;
import io.defradb.db.feed.FeedState;
import io.defradb.db.feed.ImageRetention;
import io.defradb.db.index.DocumentIndexes;
import io.defradb.db.index.IndexKeys;
import io.defradb.db.ingest.Ingest;
import io.defradb.db.keys.Columns;
import io.defradb.db.txn.StoreDatabase;
import io.defradb.db.write.BlockMaker;
import io.defradb.db.write.StoreWriter.WriteSettings;
import io.defradb.db.write.WriteRandom;
import io.defradb.event.EventBus;
import io.defradb.graphql.GraphqlDoor;
import io.defradb.graphql.collection.CollectionEditor;
import io.defradb.http.Endpoint;
import io.defradb.http.House;
import io.defradb.http.TransactionSessions;
import io.defradb.http.endpoint.acp.AcpEndpoints;
import io.defradb.http.endpoint.backup.BackupEndpoints;
import io.defradb.http.endpoint.block.BlockEndpoints;
import io.defradb.http.endpoint.changes.ChangesEndpoints;
import io.defradb.http.endpoint.collection.CollectionEndpoints;
import io.defradb.http.endpoint.documents.DocumentEndpoints;
import io.defradb.http.endpoint.graphql.FilteredDocuments;
import io.defradb.http.endpoint.graphql.GraphqlEndpoints;
import io.defradb.http.endpoint.graphql.GraphqlService;
import io.defradb.http.endpoint.index.IndexEndpoints;
import io.defradb.http.endpoint.ingest.IngestEndpoints;
import io.defradb.http.endpoint.lens.LensEndpoints;
import io.defradb.http.endpoint.node.NodeControl;
import io.defradb.http.endpoint.node.NodeEndpoints;
import io.defradb.http.endpoint.p2p.P2pEndpoints;
import io.defradb.http.endpoint.schema.SchemaEndpoints;
import io.defradb.http.endpoint.tx.TxEndpoints;
import io.defradb.identity.Identity;
import io.defradb.multiformats.Bytes;
import io.defradb.query.RequestRunner;
import io.defradb.query.operator.QueryLimits;
import io.defradb.schema.rule.PolicyCheck;
import io.defradb.storage.Column;
import io.defradb.storage.KeyValueStore;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rooms below the HTTP server, from the store up: what a purge tears down and builds anew. */
final class Rooms implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("db");
  private static final Duration TRANSACTION_IDLE_MAX = Duration.ofMinutes(10);
  private static final Duration UPKEEP = Duration.ofMinutes(5);
  private static final long UPKEEP_END_SECONDS = 10;
  private static final int SIGNING_QUEUE = 64;
  private static final long SIGNING_IDLE_SECONDS = 30;
  private static final int INDEX_KEY_BYTES = 32;

  private final KeyValueStore store;
  private final FeedState feedState;
  private final StoreDatabase database;
  private final EventBus events;
  private final InstantSource clock;
  private final TransactionSessions sessions;
  private final ScheduledExecutorService upkeep;

  private final List<ExecutorService> executors;

  private Rooms(
      KeyValueStore store,
      FeedState feedState,
      StoreDatabase database,
      EventBus events,
      InstantSource clock,
      ExecutorService signing) {
    this.store = store;
    this.feedState = feedState;
    this.database = database;
    this.events = events;
    this.clock = clock;
    this.sessions = new TransactionSessions(database, TRANSACTION_IDLE_MAX);
    this.upkeep = new ScheduledThreadPoolExecutor(1, new NodeThreads("upkeep"));
    this.executors = List.of(signing, upkeep);
    var retention = new ImageRetention(database, store, feedState, clock, ImageRetention.DEFAULT);
    upkeep.scheduleWithFixedDelay(
        retention::sweep, UPKEEP.toSeconds(), UPKEEP.toSeconds(), TimeUnit.SECONDS);
  }

  static Rooms open(
      NodeConfig config, NodeKeys keys, EventBus events, InstantSource clock, SecureRandom random) {
    List<Column> columns = new ArrayList<>(Columns.ALL);
    columns.add(FeedState.COLUMN);
    KeyValueStore store = StoreOpener.open(config, keys.encryption(), columns, random);
    try {
      var durability = StoreOpener.durability(config);
      ExecutorService signing = signing();
      Identity identity = config.keys().isSigning() ? keys.identity() : null;
      var settings =
          new WriteSettings(
              new BlockMaker(identity == null ? null : identity.privateKey(), signing),
              new DocumentIndexes(new IndexKeys(indexKey(keys.encryption()))),
              WriteRandom.of(random),
              DocumentAccess.OPEN,
              clock);
      FeedState feedState = FeedState.open(store, durability, BootId.read(), random);
      StoreDatabase database = StoreDatabase.open(store, durability, settings, events);
      return new Rooms(store, feedState, database, events, clock, signing);
    } catch (RuntimeException | Error failure) {
      store.close();
      throw failure;
    }
  }

  /** One more core for the signatures of a document; started when it is first needed. */
  private static ExecutorService signing() {
    var executor =
        new ThreadPoolExecutor(
            1,
            1,
            SIGNING_IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(SIGNING_QUEUE),
            new NodeThreads("signing"),
            new ThreadPoolExecutor.CallerRunsPolicy());
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }

  /** A key of its own for index entries; {@code null} for a store that is not sealed. */
  private static byte @Nullable [] indexKey(@Nullable Bytes encryption) {
    return encryption == null
        ? null
        : Hkdf.derive(
            encryption.toArray(),
            new byte[0],
            "index".getBytes(StandardCharsets.US_ASCII),
            INDEX_KEY_BYTES);
  }

  House house(NodeControl control) {
    var editor = new CollectionEditor(PolicyCheck.NONE);
    var door = new GraphqlDoor();
    var runner = new RequestRunner(QueryLimits.DEFAULT);
    var feed = new Feed(database, DocumentAccess.OPEN, feedState, events, clock);
    List<Endpoint> endpoints = new ArrayList<>();
    endpoints.addAll(SchemaEndpoints.all(editor));
    endpoints.addAll(CollectionEndpoints.all(editor));
    endpoints.addAll(IndexEndpoints.all(editor));
    endpoints.addAll(DocumentEndpoints.all(new FilteredDocuments(door, runner)));
    endpoints.addAll(GraphqlEndpoints.all(new GraphqlService(door, runner, database, events)));
    endpoints.addAll(TxEndpoints.all(sessions));
    endpoints.addAll(ChangesEndpoints.all(feed, clock));
    endpoints.addAll(IngestEndpoints.all(new Ingest(database, feedState::feedId, clock)));
    endpoints.addAll(BackupEndpoints.all());
    endpoints.addAll(BlockEndpoints.all());
    endpoints.addAll(P2pEndpoints.disabled());
    endpoints.addAll(AcpEndpoints.none());
    endpoints.addAll(LensEndpoints.none());
    return new House(
        NodeEndpoints.with(control, endpoints), sessions, new NodeAuthenticator(clock));
  }

  /** Serves nothing, while the rooms behind it are torn down. */
  House closedHouse() {
    return new House(List.of(), sessions, new NodeAuthenticator(clock));
  }

  KeyValueStore store() {
    return store;
  }

  long lastSeq() {
    return database.lastSeq();
  }

  /** Sizes, for a developer to read in the log. */
  void dump() {
    LOG.atInfo()
        .addKeyValue("Bytes", store.sizeBytes())
        .addKeyValue("LastSeq", lastSeq())
        .addKeyValue("FeedID", feedState.feedId())
        .log("Store");
  }

  @Override
  public void close() {
    executors.forEach(ExecutorService::shutdown);
    try {
      for (ExecutorService executor : executors) {
        executor.awaitTermination(UPKEEP_END_SECONDS, TimeUnit.SECONDS);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    sessions.close();
    database.close();
    feedState.close();
    store.close();
  }
}
