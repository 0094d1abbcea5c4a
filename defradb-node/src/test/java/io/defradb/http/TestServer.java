package io.defradb.http;

import io.defradb.acp.Asker;
import io.defradb.db.Database;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A server of endpoints made for one test, on a free port. */
final class TestServer implements AutoCloseable {
  private static final Duration FAR = Duration.ofMinutes(1);

  final HttpStats stats = new HttpStats();
  private final HttpServer server;

  TestServer(HttpSettings settings, Endpoint... endpoints) {
    this(settings, noDatabase(), endpoints);
  }

  TestServer(HttpSettings settings, Database database, Endpoint... endpoints) {
    this(settings, house(database, endpoints));
  }

  private static House house(Database database, Endpoint... endpoints) {
    return new House(
        List.of(endpoints),
        new TransactionSessions(database, Duration.ofMinutes(10), 0, System::nanoTime),
        TestServer::authenticate);
  }

  boolean move(Endpoint... endpoints) {
    return server.move(house(noDatabase(), endpoints), 0);
  }

  TestServer(HttpSettings settings, House house) {
    server =
        new HttpServer(
            settings,
            work -> {
              var thread = new Thread(work, "test-http");
              thread.setDaemon(true);
              return thread;
            },
            stats);
    server.bind();
    server.open(house);
  }

  TestServer(Endpoint... endpoints) {
    this(settings(), endpoints);
  }

  static HttpSettings settings() {
    return HttpSettings.of("127.0.0.1", 0, List.of("https://a.example"), null);
  }

  static HttpSettings settings(
      int bodyBytesMax, int workers, int waitingMax, Duration headMax, Duration stallMax) {
    return settings(bodyBytesMax, workers, waitingMax, 100, headMax, stallMax, FAR);
  }

  static HttpSettings settings(
      int bodyBytesMax,
      int workers,
      int waitingMax,
      int connectionsMax,
      Duration headMax,
      Duration stallMax,
      Duration idleMax) {
    return new HttpSettings(
        "127.0.0.1",
        0,
        List.of(),
        null,
        bodyBytesMax,
        workers,
        waitingMax,
        connectionsMax,
        headMax,
        stallMax,
        idleMax,
        FAR);
  }

  static Endpoint endpoint(Operation operation, Function<HttpCall, Answer> answer) {
    return new Endpoint() {
      @Override
      public Operation operation() {
        return operation;
      }

      @Override
      public Answer answer(HttpCall call) {
        return answer.apply(call);
      }
    };
  }

  static Operation get(String path) {
    return Operation.api(Method.GET, path, "get" + path, "test", "");
  }

  static Operation post(String path) {
    return Operation.api(Method.POST, path, "post" + path, "test", "");
  }

  InetSocketAddress address() {
    return server.address();
  }

  RawClient connect() throws IOException {
    return new RawClient(address());
  }

  @Override
  public void close() {
    server.close();
  }

  private static Asker authenticate(@Nullable String authorization, String host) {
    if (authorization == null || authorization.isEmpty()) {
      return Asker.ANONYMOUS;
    }
    if (authorization.equals("Bearer good")) {
      return new Asker("did:key:good");
    }
    throw new DefraException(ErrorCode.FORBIDDEN, "invalid JWT");
  }

  static Database noDatabase() {
    return (Database)
        Proxy.newProxyInstance(
            TestServer.class.getClassLoader(),
            new Class<?>[] {Database.class},
            (proxy, method, arguments) -> {
              throw new UnsupportedOperationException(method.getName());
            });
  }
}
