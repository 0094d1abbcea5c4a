package io.defradb.system.simulation;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * What lies between tasks and node: forwards HTTP requests, and does to some of them what networks
 * and nodes do.
 */
final class FlakyNetwork implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** What happens to one request. */
  enum Fault {
    NONE,
    /** The connection breaks before the node has the request. */
    REQUEST_LOST,
    /** The node did it, and nobody hears. */
    ANSWER_LOST,
    /** The network delivers it twice. */
    DOUBLED,
    SLOW,
    BUSY,
    CONFLICT,
    DISK_FULL
  }

  private static final Executor LATE = CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS);
  private static final Fault[] FAULTS = Fault.values();

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private final URI node;
  private final Random random;
  private final Map<Fault, Integer> counts = new EnumMap<>(Fault.class);
  private volatile int faultPercent;
  private volatile boolean isCut;

  FlakyNetwork(String node, long seed, int faultPercent) throws IOException {
    this.node = URI.create(node);
    this.random = new Random(seed);
    this.faultPercent = faultPercent;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Nothing passes until it is joined again. */
  void cut(boolean isCutNow) {
    isCut = isCutNow;
  }

  void heal() {
    isCut = false;
    faultPercent = 0;
  }

  synchronized Map<Fault, Integer> counts() {
    return new EnumMap<>(counts);
  }

  private synchronized Fault next(String method) {
    Fault fault =
        isCut
            ? Fault.REQUEST_LOST
            : random.nextInt(100) < faultPercent
                ? FAULTS[random.nextInt(FAULTS.length)]
                : Fault.NONE;
    if (fault == Fault.DISK_FULL && method.equals("GET")) {
      fault = Fault.BUSY; // reading takes no room
    }
    counts.merge(fault, 1, Integer::sum);
    return fault;
  }

  private void handle(HttpExchange exchange) {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      switch (next(exchange.getRequestMethod())) {
        case NONE -> answer(exchange, forward(exchange, body));
        case REQUEST_LOST -> exchange.close();
        case ANSWER_LOST -> forward(exchange, body);
        case DOUBLED -> {
          forward(exchange, body);
          answer(exchange, forward(exchange, body));
        }
        case SLOW -> {
          HttpResponse<byte[]> answer = forward(exchange, body);
          CompletableFuture.runAsync(() -> {}, LATE).join();
          answer(exchange, answer);
        }
        case BUSY -> answer(exchange, 503, "{\"error\":\"busy\",\"code\":\"BUSY\"}");
        case CONFLICT ->
            answer(exchange, 409, "{\"error\":\"conflict\",\"code\":\"TXN_CONFLICT\"}");
        case DISK_FULL -> answer(exchange, 500, "{\"error\":\"full\",\"code\":\"STORAGE_FULL\"}");
      }
    } catch (IOException e) {
      exchange.close(); // the node is away, or nobody listens any more: the connection breaks
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private HttpResponse<byte[]> forward(HttpExchange exchange, byte[] body)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(node.resolve(exchange.getRequestURI()))
            .timeout(PATIENCE)
            .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body))
            .build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }

  private static void answer(HttpExchange exchange, HttpResponse<byte[]> answer)
      throws IOException {
    exchange.sendResponseHeaders(
        answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
    exchange.getResponseBody().write(answer.body());
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
