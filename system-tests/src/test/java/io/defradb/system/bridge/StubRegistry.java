package io.defradb.system.bridge;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * As much of a schema registry as Apicurio's converter asks for (its REST API, version 2): schemas
 * are kept in memory, the same text once, and given back by number.
 */
final class StubRegistry implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What was registered, in order, under which name. */
  record Registered(String artifact, String schema) {}

  private final List<Registered> schemas = new ArrayList<>();
  private final HttpServer server;

  StubRegistry() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/apis/registry/v2/groups/", this::register);
    server.createContext("/apis/registry/v2/ids/", this::find);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/apis/registry/v2";
  }

  synchronized List<Registered> schemas() {
    return List.copyOf(schemas);
  }

  private void register(HttpExchange exchange) throws IOException {
    String schema = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String artifact = exchange.getRequestHeaders().getFirst("X-Registry-ArtifactId");
    int number = number(new Registered(String.valueOf(artifact), schema));
    answer(
        exchange,
        JSON.writeValueAsString(
            Map.of(
                "groupId",
                "default",
                "id",
                String.valueOf(artifact),
                "version",
                String.valueOf(number),
                "type",
                "AVRO",
                "state",
                "ENABLED",
                "globalId",
                number,
                "contentId",
                number)));
  }

  private synchronized int number(Registered registered) {
    if (!schemas.contains(registered)) {
      schemas.add(registered);
    }
    return schemas.indexOf(registered) + 1;
  }

  /** {@code …/globalIds/1} or {@code …/globalIds/1/references}. */
  private void find(HttpExchange exchange) throws IOException {
    String[] path = exchange.getRequestURI().getPath().split("/");
    boolean areReferences = path[path.length - 1].equals("references");
    int number = Integer.parseInt(path[path.length - (areReferences ? 2 : 1)]);
    answer(exchange, areReferences ? "[]" : schemas().get(number - 1).schema());
  }

  private static void answer(HttpExchange exchange, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
