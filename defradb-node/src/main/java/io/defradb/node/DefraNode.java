package io.defradb.node;

import io.defradb.crypto.PrivateKey;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.event.EventBus;
import io.defradb.graphql.GraphqlDoor;
import io.defradb.http.HttpServer;
import io.defradb.http.HttpSettings;
import io.defradb.http.HttpStats;
import io.defradb.http.JsonBody;
import io.defradb.http.endpoint.node.NodeControl;
import io.defradb.replication.Replication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running node: the whole house, from the store to the HTTP server. The command line starts one a
 * process; a program may hold several, each with a directory of its own. Safe for use by many
 * threads.
 */
public final class DefraNode implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("node");

  private final NodeConfig config;
  private final NodeKeys keys;
  private final SecureRandom random;
  private final EventBus events = new EventBus();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final MetricsPage metrics;
  private volatile Rooms rooms;
  private volatile @Nullable PeerServices peers;
  private @Nullable HttpServer server;
  private boolean isClosed;

  private DefraNode(NodeConfig config, NodeKeys keys, SecureRandom random, HttpStats stats) {
    this.config = config;
    this.keys = keys;
    this.random = random;
    this.rooms = open();
    this.peers = meet();
    this.metrics = new MetricsPage(stats, () -> rooms.store(), () -> rooms.lastSeq(), () -> peers);
  }

  /**
   * Starts a node; when this returns it answers. The address is taken on a second thread while the
   * store is opened.
   *
   * @throws DefraException with the text a user sees: keys that do not open, a store in use, an
   *     address that is taken (cli specification, section 4)
   */
  public static DefraNode start(NodeConfig config) {
    StartChecks.check(config);
    var stats = new HttpStats();
    var door = new FutureTask<HttpServer>(() -> bind(config.api(), stats));
    new NodeThreads("start")
        .newThread(
            () -> {
              door.run();
              prepareRequests();
            })
        .start();
    DefraNode node;
    try {
      var random = new SecureRandom();
      node = new DefraNode(config, NodeKeys.open(config, random), random, stats);
    } catch (RuntimeException | Error failure) {
      closeWhenBound(door);
      throw failure;
    }
    try {
      node.listen(bound(door));
      return node;
    } catch (RuntimeException | Error failure) {
      node.close();
      throw failure;
    }
  }

  /** While the store is opened: the classes that the first request would wait for. */
  private static void prepareRequests() {
    JsonBody.parse("{\"query\":\"\"}");
    GraphqlDoor.prepare();
  }

  private static HttpServer bind(NodeConfig.Api api, HttpStats stats) {
    NodeConfig.Tls tls = api.tls();
    var settings =
        HttpSettings.of(
            api.host(),
            api.port(),
            api.allowedOrigins(),
            tls == null ? null : new HttpSettings.Tls(tls.first(), tls.second()));
    var server = new HttpServer(settings, new NodeThreads("http"), stats);
    server.bind();
    return server;
  }

  private static HttpServer bound(Future<HttpServer> door) {
    try {
      return door.get();
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof RuntimeException refused) {
        throw refused;
      }
      throw new IllegalStateException(failure.getCause());
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new DefraException(ErrorCode.UNAVAILABLE, "the start was interrupted");
    }
  }

  private static void closeWhenBound(Future<HttpServer> door) {
    try {
      bound(door).close();
    } catch (DefraException notBound) {
      LOG.debug("The address was not taken either", notBound);
    }
  }

  private Rooms open() {
    return Rooms.open(config, keys, events, InstantSource.system(), random);
  }

  /** {@code null}: the network is off. */
  private @Nullable PeerServices meet() {
    PrivateKey key = keys.peer();
    try {
      return key == null
          ? null
          : new PeerServices(
              config.net(),
              new PeerPolicy(
                  keys.identity(),
                  config.acp().documentType().equals("local"),
                  config.net().hasKeyExchange()),
              key,
              rooms.database(),
              events,
              InstantSource.system(),
              random);
    } catch (RuntimeException | Error failure) {
      rooms.close();
      throw failure;
    }
  }

  private static @Nullable Replication replication(@Nullable PeerServices peers) {
    return peers == null ? null : peers.replication();
  }

  private void listen(HttpServer door) {
    server = door;
    PeerServices met = peers;
    if (met != null) {
      met.listen();
      met.awaitPeers();
    }
    door.open(rooms.house(new Control(), replication(met), config.api().hasConsole()));
    String url = url(door);
    LOG.atInfo()
        .addKeyValue("PlaygroundEnabled", config.api().hasConsole())
        .log("Providing HTTP API at " + url);
    LOG.info("Providing GraphQL endpoint at {}/api/v0/graphql", url);
    if (met != null) {
      new NodeThreads("rehearsal").newThread(met::rehearse).start();
    }
  }

  private String url(HttpServer listening) {
    String host = config.api().host().isEmpty() ? "0.0.0.0" : config.api().host();
    return (listening.isSecure() ? "https://" : "http://")
        + host
        + ":"
        + listening.address().getPort();
  }

  /** Where the HTTP API listens. */
  public InetSocketAddress httpAddress() {
    if (server == null) {
      throw new IllegalStateException("the node does not listen");
    }
    return server.address();
  }

  /** Returns when the node was closed. */
  public void awaitStop() throws InterruptedException {
    stopped.await();
  }

  /** Lets running requests end, then stops. Harmless when repeated. */
  @Override
  public synchronized void close() {
    if (isClosed) {
      return;
    }
    isClosed = true;
    if (server != null) {
      server.close();
    }
    PeerServices met = peers;
    if (met != null) {
      met.close();
    }
    rooms.close();
    stopped.countDown();
  }

  /** Empties the node in place: same keys, same address, a new feed. */
  private synchronized void purge() {
    if (isClosed || server == null) {
      return;
    }
    PeerServices met = peers;
    server.move(rooms.closedHouse(new Control(), replication(met), config.api().hasConsole()), 1);
    if (met != null) {
      met.close();
    }
    rooms.close();
    if (!config.store().isInMemory()) {
      delete(config.store().directory());
    }
    rooms = open();
    met = meet();
    peers = met;
    if (met != null) {
      met.listen();
    }
    server.move(rooms.house(new Control(), replication(met), config.api().hasConsole()), 0);
  }

  private static void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** What the endpoints may do with the node. */
  private final class Control implements NodeControl {
    @Override
    public Optional<PublicIdentity> identity() {
      return Optional.ofNullable(keys.identity())
          .map(
              identity ->
                  new PublicIdentity(identity.privateKey().publicKey().text(), identity.did()));
    }

    @Override
    public boolean isDevelopment() {
      return config.isDevelopment();
    }

    @Override
    public void purge() {
      DefraNode.this.purge();
    }

    @Override
    public void dump() {
      rooms.dump();
    }

    @Override
    public String metrics() {
      return metrics.print();
    }
  }
}
