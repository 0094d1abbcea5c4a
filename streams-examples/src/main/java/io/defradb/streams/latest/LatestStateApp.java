package io.defradb.streams.latest;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the topology until it is stopped, and answers {@code GET /documents/<docID>} and {@code GET
 * /count}.
 *
 * <p>Usage: {@code LatestStateApp <brokers> <events topic> <table topic> [<http port>]}.
 */
public final class LatestStateApp {
  private static final Logger LOG = LoggerFactory.getLogger(LatestStateApp.class);
  private static final int PORT = 7070;

  private LatestStateApp() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments.length < 3) {
      LOG.error("Usage: LatestStateApp <brokers> <events topic> <table topic> [<http port>]");
      System.exit(1);
    }
    var streams =
        new KafkaStreams(LatestState.topology(arguments[1], arguments[2]), settings(arguments[0]));
    var stopped = new CountDownLatch(1);
    int port = arguments.length > 3 ? Integer.parseInt(arguments[3]) : PORT;
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    http.createContext("/documents/", exchange -> answerDocument(streams, exchange));
    http.createContext("/count", exchange -> answerCount(streams, exchange));
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  http.stop(0);
                  streams.close(Duration.ofSeconds(10));
                  stopped.countDown();
                }));
    streams.start();
    http.start();
    LOG.info("Ask http://127.0.0.1:{}/count and /documents/<docID>", port);
    stopped.await();
  }

  private static Properties settings(String brokers) {
    var settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "defradb-latest-state");
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, brokers);
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, 1);
    settings.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
    return settings;
  }

  private static void answerDocument(KafkaStreams streams, HttpExchange exchange)
      throws IOException {
    String docId = exchange.getRequestURI().getPath().substring("/documents/".length());
    try {
      JsonNode document = LatestState.document(store(streams).get(docId));
      answer(
          exchange, document == null ? 404 : 200, document == null ? "null" : document.toString());
    } catch (InvalidStateStoreException e) {
      answer(exchange, 503, "\"" + e.getMessage() + "\"");
    }
  }

  private static void answerCount(KafkaStreams streams, HttpExchange exchange) throws IOException {
    try (var rows = store(streams).all()) {
      long live = 0;
      while (rows.hasNext()) {
        live += LatestState.document(rows.next().value) == null ? 0 : 1;
      }
      answer(exchange, 200, String.valueOf(live));
    } catch (InvalidStateStoreException e) {
      answer(exchange, 503, "\"" + e.getMessage() + "\"");
    }
  }

  private static ReadOnlyKeyValueStore<String, JsonNode> store(KafkaStreams streams) {
    return streams.store(
        StoreQueryParameters.fromNameAndType(
            LatestState.STORE, QueryableStoreTypes.keyValueStore()));
  }

  private static void answer(HttpExchange exchange, int status, String json) throws IOException {
    byte[] body = (json + "\n").getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
