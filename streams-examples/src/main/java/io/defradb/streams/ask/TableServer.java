package io.defradb.streams.ask;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The routes: rows by key, by range, and their number. Answers are JSON. */
final class TableServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TableServer.class);
  private static final int LIMIT = 100;
  private static final int LIMIT_MAX = 10_000;
  private static final int THREADS = 16;

  private final TableQueries queries;
  private final String rows;
  private final HttpServer http;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

  TableServer(InetSocketAddress address, TableQueries queries, String path) throws IOException {
    this.queries = queries;
    this.rows = "/" + path;
    this.http = HttpServer.create(address, 0);
    http.setExecutor(threads);
    http.createContext("/", this::answer);
  }

  void start() {
    http.start();
    LOG.info("Ask http:/{}/count and {}", http.getAddress(), rows);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      Map<String, String> asked = parameters(exchange.getRequestURI().getRawQuery());
      try {
        respond(exchange, path, asked);
      } catch (InvalidStateStoreException e) {
        error(exchange, 503, e.getMessage()); // partitions move: ask again
      } catch (IllegalArgumentException e) {
        error(exchange, 400, e.getMessage());
      }
    }
  }

  private void respond(HttpExchange exchange, String path, Map<String, String> asked)
      throws IOException {
    boolean isLocal = Boolean.parseBoolean(asked.get("local"));
    if (path.equals("/count")) {
      send(exchange, 200, String.valueOf(queries.count(isLocal)));
    } else if (path.equals(rows)) {
      int limit = Math.min(LIMIT_MAX, limit(asked));
      var found = queries.rows(asked.get("from"), asked.get("to"), limit, isLocal);
      send(exchange, 200, found.toString());
    } else if (path.startsWith(rows + "/")) {
      JsonNode row = queries.row(path.substring(rows.length() + 1), isLocal);
      send(exchange, row == null ? 404 : 200, String.valueOf(row));
    } else {
      error(exchange, 404, "there is " + rows + ", " + rows + "/<key> and /count");
    }
  }

  private static int limit(Map<String, String> asked) {
    String limit = asked.get("limit");
    int number = limit == null ? LIMIT : Integer.parseInt(limit);
    if (number < 1) {
      throw new IllegalArgumentException("limit is 1 or more");
    }
    return number;
  }

  private static Map<String, String> parameters(String query) {
    Map<String, String> parameters = new HashMap<>();
    for (String pair : query == null ? new String[0] : query.split("&")) {
      int cut = pair.indexOf('=');
      if (cut > 0) {
        String value = URLDecoder.decode(pair.substring(cut + 1), StandardCharsets.UTF_8);
        parameters.put(pair.substring(0, cut), value);
      }
    }
    return parameters;
  }

  private static void error(HttpExchange exchange, int status, @Nullable String text)
      throws IOException {
    send(exchange, status, JsonNodeFactory.instance.objectNode().put("error", text).toString());
  }

  private static void send(HttpExchange exchange, int status, String json) throws IOException {
    byte[] body = (json + "\n").getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdown();
  }
}
