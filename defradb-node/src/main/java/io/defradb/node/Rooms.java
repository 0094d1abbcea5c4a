package io.defradb.node;

import io.defradb.acp.LocalAccessControl;
import io.defradb.crypto.Hkdf;
import io.defradb.crypto.Signer;
import io.defradb.db.Database;
import io.defradb.db.feed.Feed;
import io.defradb.db.feed.FeedState;
import io.defradb.db.feed.ImageRetention;
import io.defradb.db.index.DocumentIndexes;
import io.defradb.db.index.IndexKeys;
import io.defradb.db.ingest.Ingest;
import io.defradb.db.keys.Columns;
import io.defradb.db.txn.StoreDatabase;
import io.defradb.db.write.BlockMaker;
import io.defradb.db.write.Helpers;
import io.defradb.db.write.StoreWriter.WriteSettings;
import io.defradb.db.write.WriteRandom;
import io.defradb.embedding.Embedder;
import io.defradb.embedding.HttpEmbedder;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.event.EventBus;
import io.defradb.graphql.GraphqlDoor;
import io.defradb.graphql.collection.CollectionEditor;
import io.defradb.graphql.view.StoredViewQueries;
import io.defradb.http.Endpoint;
import io.defradb.http.House;
import io.defradb.http.TransactionSessions;
import io.defradb.http.console.ConsoleEndpoints;
import io.defradb.http.endpoint.RefusedEndpoint;
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
import io.defradb.http.endpoint.view.ViewEndpoints;
import io.defradb.identity.Identity;
import io.defradb.lens.LensEngine;
import io.defradb.lens.LensLimits;
import io.defradb.lens.Lenses;
import io.defradb.multiformats.Bytes;
import io.defradb.query.RequestRunner;
import io.defradb.query.operator.QueryLimits;
import io.defradb.replication.Replication;
import io.defradb.storage.Column;
import io.defradb.storage.KeyValueStore;
import io.defradb.storage.Snapshot;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rooms below the HTTP server, from the store up: what a purge tears down and builds anew. */
final class Rooms implements AutoCloseable {
  private static final Duration EMBEDDING_CONNECT_MAX = Duration.ofSeconds(10);
  private static final Logger LOG = LoggerFactory.getLogger("db");
  private static final Duration TRANSACTION_IDLE_MAX = Duration.ofMinutes(10);
  private static final Duration UPKEEP = Duration.ofMinutes(5);
  private static final Duration QUIET = Duration.ofSeconds(2);
  private static final long UPKEEP_END_SECONDS = 10;

  /** Of everybody who stores something. */
  static final List<Column> COLUMNS =
      Stream.concat(Columns.ALL.stream(), Stream.of(FeedState.COLUMN)).toList();

  private static final byte[] INDEX_KEY_INFO = "index".getBytes(StandardCharsets.US_ASCII);
  private static final int INDEX_KEY_BYTES = 32;
  private static final int SIGNATURES_WAITING_MAX = 256;

  private final KeyValueStore store;
  private final FeedState feedState;
  private final StoreDatabase database;
  private final EventBus events;
  private final InstantSource clock;
  private final TransactionSessions sessions;
  private final ExecutorService signing;
  private final Lenses lenses;
  private final ScheduledExecutorService lensAlarm;
  private final ScheduledExecutorService upkeep =
      new ScheduledThreadPoolExecutor(1, new NodeThreads("upkeep"));

  private Rooms(
      KeyValueStore store,
      FeedState feedState,
      StoreDatabase database,
      EventBus events,
      InstantSource clock,
      TransactionSessions sessions,
      ExecutorService signing,
      Lenses lenses,
      ScheduledExecutorService lensAlarm) {
    this.lenses = lenses;
    this.lensAlarm = lensAlarm;
    this.store = store;
    this.feedState = feedState;
    this.database = database;
    this.events = events;
    this.clock = clock;
    this.signing = signing;
    this.sessions = sessions;
  }

  /** Interrupts modules that take too long; its thread starts with the first module. */
  private static ScheduledExecutorService lensAlarm() {
    var alarm = new ScheduledThreadPoolExecutor(1, new NodeThreads("lens-alarm"));
    alarm.setRemoveOnCancelPolicy(true);
    return alarm;
  }

  /**
   * Opens the store and what stands on it.
   *
   * @throws DefraException STORAGE_LOCKED, ENCRYPTION_KEY_MISMATCH, STORAGE_FAILED, CORRUPT
   */
  static Rooms open(
      NodeConfig config, NodeKeys keys, EventBus events, InstantSource clock, SecureRandom random) {
    KeyValueStore store = StoreOpener.open(config, keys.encryption(), COLUMNS, random);
    try {
      var durability = StoreOpener.durability(config);
      var feedState = FeedState.open(store, durability, BootId.read(), random);
      ExecutorService signing = signing();
      var settings =
          new WriteSettings(
              new BlockMaker(
                  signer(config, keys),
                  new Helpers(signing, Runtime.getRuntime().availableProcessors())),
              new DocumentIndexes(new IndexKeys(indexKey(config, keys))),
              WriteRandom.of(random),
              new LocalAccessControl(config.acp().documentType().equals("local"), clock),
              clock,
              embedder());
      var lensAlarm = lensAlarm();
      var lenses = new LensEngine(LensLimits.DEFAULT, lensAlarm);
      var database = StoreDatabase.open(store, durability, settings, events, lenses);
      NodeAccessStart.run(database, config.acp());
      var sessions =
          new TransactionSessions(
              database, TRANSACTION_IDLE_MAX, config.transactionRetriesMax(), System::nanoTime);
      var rooms =
          new Rooms(
              store, feedState, database, events, clock, sessions, signing, lenses, lensAlarm);
      rooms.keepUp();
      return rooms;
    } catch (RuntimeException | Error failure) {
      store.close();
      throw failure;
    }
  }

  private static @Nullable Signer signer(NodeConfig config, NodeKeys keys) {
    Identity identity = keys.identity();
    return identity == null || !config.keys().isSigning() ? null : identity.privateKey();
  }

  /** Index entries of a sealed store must not show values; their key is none of the seal's. */
  private static byte @Nullable [] indexKey(NodeConfig config, NodeKeys keys) {
    Bytes encryption = keys.encryption();
    return encryption == null || config.store().isInMemory()
        ? null
        : Hkdf.derive(encryption.toArray(), new byte[0], INDEX_KEY_INFO, INDEX_KEY_BYTES);
  }

  /** Its client, and the threads that client has, are made with the first vector. */
  private static Embedder embedder() {
    String apiKey = Objects.requireNonNullElse(System.getenv("OPENAI_API_KEY"), "");
    return new HttpEmbedder(
        () -> HttpClient.newBuilder().connectTimeout(EMBEDDING_CONNECT_MAX).build(),
        apiKey,
        HttpEmbedder.Limits.DEFAULT);
  }

  /** The other cores, for the signatures of a document; started when first needed. */
  private static ExecutorService signing() {
    int others = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
    var executor =
        new ThreadPoolExecutor(
            others,
            others,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(SIGNATURES_WAITING_MAX),
            new NodeThreads("sign"),
            new ThreadPoolExecutor.DiscardPolicy());
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // it ends with its executor
  private void keepUp() {
    var images = new ImageRetention(database, store, feedState, clock, ImageRetention.DEFAULT);
    upkeep.scheduleWithFixedDelay(
        () -> {
          try {
            images.sweep();
          } catch (DefraException failure) {
            LOG.atWarn()
                .addKeyValue("Error", failure.getMessage())
                .log("Old images were not removed");
          }
        },
        UPKEEP.toMillis(),
        UPKEEP.toMillis(),
        TimeUnit.MILLISECONDS);
    upkeep.scheduleWithFixedDelay(
        new QuietTime(database::lastSeq, this::tidy),
        QUIET.toMillis(),
        QUIET.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  /** Gives memory back that a load has taken: a machine at the edge has other work as well. */
  private void tidy() {
    try {
      store.settle();
    } catch (DefraException failure) {
      LOG.atWarn().addKeyValue("Error", failure.getMessage()).log("The store was not settled");
    }
    Runtime.getRuntime().gc();
  }

  KeyValueStore store() {
    return store;
  }

  long lastSeq() {
    return database.lastSeq();
  }

  /** Logs how many entries each column holds, and their bytes. */
  void dump() {
    try (Snapshot snapshot = store.snapshot()) {
      new StoreDump(snapshot).logSizes();
    }
  }

  Database database() {
    return database;
  }

  /** Everything that is served on these rooms. {@code replication}: {@code null} without peers. */
  House house(NodeControl control, @Nullable Replication replication, boolean hasConsole) {
    var door = new GraphqlDoor();
    var views = new StoredViewQueries(door);
    var runner = new RequestRunner(QueryLimits.DEFAULT, views);
    var editor = new CollectionEditor();
    var feed = new Feed(database, feedState, events, clock);
    var endpoints = new ArrayList<Endpoint>();
    endpoints.addAll(GraphqlEndpoints.all(new GraphqlService(door, runner, database, events)));
    endpoints.addAll(DocumentEndpoints.all(new FilteredDocuments(door, runner)));
    endpoints.addAll(CollectionEndpoints.all(editor));
    endpoints.addAll(SchemaEndpoints.all(editor, lenses));
    endpoints.addAll(IndexEndpoints.all(editor));
    endpoints.addAll(TxEndpoints.all(sessions));
    endpoints.addAll(ChangesEndpoints.all(feed, clock));
    endpoints.addAll(IngestEndpoints.all(new Ingest(database, feedState::feedId, clock)));
    endpoints.addAll(BackupEndpoints.all());
    endpoints.addAll(BlockEndpoints.all());
    endpoints.addAll(ViewEndpoints.all(editor, views, runner));
    endpoints.addAll(LensEndpoints.all(editor, lenses));
    endpoints.addAll(AcpEndpoints.all());
    endpoints.addAll(replication == null ? P2pEndpoints.disabled() : P2pEndpoints.all(replication));
    if (hasConsole) {
      endpoints.addAll(ConsoleEndpoints.all());
    }
    return new House(NodeEndpoints.with(control, endpoints), sessions, authenticator(control));
  }

  /** The same routes, all of them refused: for the moment between two sets of rooms. */
  House closedHouse(NodeControl control, @Nullable Replication replication, boolean hasConsole) {
    var restarting = new DefraException(ErrorCode.BUSY, "the node is restarting, try again");
    List<Endpoint> closed =
        house(control, replication, hasConsole).endpoints().stream()
            .map(endpoint -> (Endpoint) new RefusedEndpoint(endpoint.operation(), restarting))
            .toList();
    return new House(closed, sessions, authenticator(control));
  }

  private NodeAuthenticator authenticator(NodeControl control) {
    return new NodeAuthenticator(
        clock, control.identity().map(NodeControl.PublicIdentity::did).orElse(null));
  }

  /** Nobody may use the rooms any more. */
  @Override
  public void close() {
    upkeep.shutdown();
    awaitUpkeep();
    sessions.close();
    database.close();
    signing.shutdown();
    lensAlarm.shutdown();
    feedState.close();
    store.close();
  }

  private void awaitUpkeep() {
    try {
      if (!upkeep.awaitTermination(UPKEEP_END_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("Upkeep does not end");
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }
}
