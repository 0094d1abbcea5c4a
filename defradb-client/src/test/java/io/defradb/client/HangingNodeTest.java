package io.defradb.client;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node that begins an answer and then hangs, its connection open. */
class HangingNodeTest {
  private final CountDownLatch isOver = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer node;
  private DefraClient client;

  @BeforeEach
  void start() throws Exception {
    node = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    node.setExecutor(threads);
    node.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] begin = "{\"feedId\":\"f\",\"seq\":1}\n".getBytes(StandardCharsets.UTF_8);
          exchange.getResponseBody().write(begin);
          exchange.getResponseBody().flush();
          try {
            isOver.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.close();
        });
    node.start();
    client =
        new DefraClient(
            new ClientSettings(
                URI.create("http://127.0.0.1:" + node.getAddress().getPort()),
                () -> "",
                Duration.ofMinutes(1),
                Duration.ofSeconds(2)));
  }

  @AfterEach
  void stop() {
    isOver.countDown();
    node.stop(0);
    threads.shutdownNow();
  }

  @Test
  void givenAnAnswerThatDoesNotEnd_whenAsked_thenTheNodeCountsAsAway() {
    assertAway(client::changesInfo);
  }

  @Test
  void givenASnapshotThatStops_whenReadOn_thenTheNodeCountsAsAway() throws Exception {
    var query = new SnapshotQuery(List.of("User"), 0, 1, "c", "", 0);
    assertAway( // with a machine too slow for its beginning, it is away as well
        () -> {
          try (SnapshotStream<JsonNode> stream = client.snapshot(query, HangingNodeTest::image)) {
            stream.next();
          }
        });
  }

  private static JsonNode image(String versionId, JsonParser json) throws java.io.IOException {
    return json.readValueAsTree();
  }

  private static void assertAway(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            DefraException.class,
            e ->
                org.assertj.core.api.Assertions.assertThat(e.code())
                    .isEqualTo(ErrorCode.UNAVAILABLE));
  }
}
