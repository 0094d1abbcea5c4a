package io.defradb.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.defradb.document.Value;
import io.defradb.error.DefraException;
import io.defradb.schema.CollectionVersion.VectorEmbedding;
import io.defradb.testing.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpEmbedderTest {
  private static final Duration ANSWER_MAX = Duration.ofMinutes(2);
  private static final Duration ANSWER_MAX_OF_THE_SLOW = Duration.ofMillis(500);

  private final AtomicReference<String> asked = new AtomicReference<>("");
  private final CountDownLatch ended = new CountDownLatch(1);
  private final ExecutorService workers = Executors.newFixedThreadPool(4);
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(workers);
    answer("/api/embeddings", 200, "{\"embedding\": [3, 4]}");
    answer("/one/embeddings", 200, "{\"embedding\": [0.6, 0.8]}");
    answer("/v1/embeddings", 200, "{\"data\": [{\"embedding\": [3, 4.5]}]}");
    answer("/error/embeddings", 503, "{}");
    answer("/nothing/embeddings", 200, "{\"embedding\": []}");
    answer("/words/embeddings", 200, "{\"embedding\": [\"a\"]}");
    answer("/html/embeddings", 200, "<html>");
    answer("/long/embeddings", 200, "{\"embedding\": [" + "1,".repeat(600) + "1]}");
    server.createContext("/slow/embeddings", this::trickle);
    server.start();
  }

  @AfterEach
  void stop() {
    ended.countDown();
    server.stop(0);
    workers.shutdownNow();
  }

  private void answer(String path, int status, String body) {
    server.createContext(
        path,
        exchange -> {
          String key = exchange.getRequestHeaders().getFirst("Authorization");
          String text =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          asked.set(exchange.getRequestMethod() + " " + key + " " + text);
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }

  /** Headers and a first byte at once, and then nothing. */
  private void trickle(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    exchange.getResponseBody().write('{');
    exchange.getResponseBody().flush();
    try {
      ended.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    exchange.close();
  }

  private List<Float> embed(String provider, String path, String apiKey) {
    String url = "http://127.0.0.1:" + server.getAddress().getPort() + path;
    var how = new VectorEmbedding("v", List.of("s"), provider, "small", url, "");
    Duration answerMax = path.startsWith("/slow") ? ANSWER_MAX_OF_THE_SLOW : ANSWER_MAX;
    var limits = new HttpEmbedder.Limits(answerMax, 1000);
    return new HttpEmbedder(HttpClient::newHttpClient, apiKey, limits).embed(how, "a\n\"b\"\n");
  }

  @Test
  void givenOllama_whenAsked_thenModelAndPromptAreSentAndTheVectorHasLengthOne() {
    assertThat(embed("ollama", "/api", "secret")).containsExactly(0.6f, 0.8f);
    assertThat(asked.get())
        .isEqualTo("POST null {\"model\":\"small\",\"prompt\":\"a\\n\\\"b\\\"\\n\"}");
    assertThat(embed("ollama", "/one", "")).containsExactly(0.6f, 0.8f);
  }

  @Test
  void givenOpenAi_whenAsked_thenModelInputAndKeyAreSentAndTheVectorIsTaken() {
    assertThat(embed("openai", "/v1", "secret")).containsExactly(3f, 4.5f);
    assertThat(asked.get())
        .isEqualTo("POST Bearer secret {\"model\":\"small\",\"input\":\"a\\n\\\"b\\\"\\n\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "/error, error response from the embedding API: 503",
    "/nothing, no embeddings found in the response",
    "/words, couldn't unmarshal response body: a vector holds numbers only",
    "/html, couldn't unmarshal response body",
    "/long, more than 1000 bytes",
    "/slow, did not answer in time",
    "/ %, couldn't create request",
  })
  void givenAProviderThatFails_whenAsked_thenTheTextTellsWhy(String path, String text) {
    assertThatThrownBy(() -> embed("ollama", path, ""))
        .isInstanceOf(DefraException.class)
        .hasMessageContaining(text);
  }

  @Test
  void givenNobodyThere_whenAsked_thenTheTextTells() {
    String url = "http://127.0.0.1:" + FreePorts.next();
    var how = new VectorEmbedding("v", List.of("s"), "ollama", "m", url, "");
    var embedder = new HttpEmbedder(HttpClient::newHttpClient, "", HttpEmbedder.Limits.DEFAULT);
    assertThatThrownBy(() -> embedder.embed(how, "a"))
        .hasMessageContaining("the embedding provider cannot be reached");
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "-1.5, -1.5",
    "0, 0",
    "10000000000, 1e10",
    "1e+21, 1e21",
    "1.5e-07, 1.5e-7",
    "0.0001, 0.0001",
    "9.99e-05, 0.0000999",
    "123456789.125, 123456789.125",
  })
  void givenANumber_whenWritten_thenItReadsAsTheReferenceWritesIt(String expected, double number) {
    assertThat(new SourceText().add(new Value.Float64(number))).hasToString(expected + "\n");
  }

  @Test
  void givenValuesOfAllKinds_whenWritten_thenEachIsALine() {
    var text =
        new SourceText()
            .add(new Value.Text("a b"))
            .add(new Value.Int(-7))
            .add(new Value.Float32(0.1f))
            .add(Value.NULL);
    assertThat(text).hasToString("a b\n-7\n0.1\n<nil>\n");
  }
}
