package io.defradb.connect.sink;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.defradb.connect.sink.settings.SinkSettings;
import io.defradb.connect.sink.write.Batch;
import io.defradb.connect.sink.write.ChangedNode;
import io.defradb.connect.sink.write.Partition;
import io.defradb.connect.sink.write.Pending;
import io.defradb.connect.sink.write.RefusedBatch;
import io.defradb.connect.sink.write.TopicIdentity;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the sink makes of each answer that the ingest route can give. */
class ClientIngestRouteTest {
  private static final String KEY =
      "e3b722906ee4e56368f581cd8b18ab0f48af1ea53e635e3f7b8acd076676f6ac";

  private HttpServer server;
  private volatile int status;
  private volatile String answer;
  private volatile String sent;
  private volatile @Nullable String token;

  @BeforeEach
  void open() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/api/v0/ingest",
        exchange -> {
          token = exchange.getRequestHeaders().getFirst("Authorization");
          sent = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          byte[] body = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void close() {
    server.stop(0);
  }

  @Test
  void givenAConflictOfTransactions_whenAnswered409_thenItIsSentAgain() {
    answers(409, "{\"error\":\"transaction conflict\",\"code\":\"TXN_CONFLICT\"}");
    assertPassing(ErrorCode.TXN_CONFLICT);
  }

  @Test
  void givenA409WithoutACode_whenAnswered_thenItIsSentAgain() {
    answers(409, "");
    assertPassing(ErrorCode.TXN_CONFLICT);
  }

  @Test
  void givenAnotherSourcesPosition_whenAnswered409_thenItIsRefusedForGood() {
    answers(
        409,
        "{\"error\":\"position is of another source\",\"code\":\"POSITION_MISMATCH\","
            + "\"stored\":{},\"given\":{}}");
    assertThatThrownBy(this::send)
        .isInstanceOfSatisfying(
            RefusedBatch.class,
            refused -> assertThat(refused.operation()).isEqualTo(RefusedBatch.UNNAMED))
        .hasMessageContaining("POSITION_MISMATCH");
  }

  @Test
  void givenAFullDiskOrABusyNode_whenAnswered_thenItIsSentAgain() {
    answers(500, "{\"error\":\"no space left\",\"code\":\"STORAGE_FULL\"}");
    assertPassing(ErrorCode.STORAGE_FULL);
    answers(503, "{\"error\":\"busy\",\"code\":\"BUSY\"}");
    assertPassing(ErrorCode.BUSY);
    answers(502, "Bad gateway");
    assertPassing(ErrorCode.BUSY);
  }

  @Test
  void givenACulprit_whenAnswered422_thenItIsNamed() {
    answers(
        422, "{\"error\":\"no number\",\"code\":\"INVALID_VALUE\",\"operation\":3,\"offset\":9}");
    assertThatThrownBy(this::send)
        .isInstanceOfSatisfying(
            RefusedBatch.class, refused -> assertThat(refused.operation()).isEqualTo(3))
        .hasMessage("no number (INVALID_VALUE)");
  }

  @Test
  void givenAnotherFeed_whenAnswered410_thenItIsTheNodeThatHasChanged() {
    answers(410, "{\"error\":\"the batch is for another feed. Meant: f1\",\"code\":\"FEED_GONE\"}");
    assertThatThrownBy(this::send).isInstanceOf(ChangedNode.class).hasMessageContaining("f1");
  }

  @Test
  void givenABatch_whenSent_thenPositionAndDigestGoWithIt() throws Exception {
    answers(200, "{\"feedId\":\"f\",\"offset\":4,\"results\":[]}");
    send();
    assertThat(sent)
        .contains("\"topic\":\"t\"")
        .contains("\"upTo\":4")
        .contains("\"digest\":\"1000 ab\"")
        .contains("\"feedId\":\"f1\"");
  }

  @Test
  void givenAnIdentity_whenSent_thenATokenOfAQuarterOfAnHourForThatNodeGoesWithItAndNoKey()
      throws Exception {
    answers(200, "{\"feedId\":\"f\",\"offset\":4,\"results\":[]}");
    send();
    assertThat(token).isNull();
    send(Map.of("defradb.identity.key", KEY));
    String claims = requireNonNull(token).replaceFirst("^[Bb]earer ", "").split("\\.", -1)[1];
    JsonNode read = new ObjectMapper().readTree(Base64.getUrlDecoder().decode(claims));
    assertThat(read.path("exp").asLong() - read.path("iat").asLong()).isEqualTo(15 * 60);
    assertThat(read.path("aud").toString()).contains("127.0.0.1:" + server.getAddress().getPort());
    assertThat(token).doesNotContain(KEY);
  }

  private void assertPassing(ErrorCode code) {
    assertThatThrownBy(this::send)
        .isNotInstanceOf(RefusedBatch.class)
        .isInstanceOfSatisfying(
            DefraException.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
  }

  private void answers(int newStatus, String newAnswer) {
    status = newStatus;
    answer = newAnswer;
  }

  private void send() throws InterruptedException {
    send(Map.of());
  }

  private void send(Map<String, String> more) throws InterruptedException {
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    Map<String, String> given = new HashMap<>(Map.of("name", "s", "defradb.url", url));
    given.putAll(more);
    var settings = SinkSettings.of(given);
    var record = new SinkRecord("t", 0, null, null, null, null, 4);
    try (var route = ClientIngestRoute.open(settings)) {
      route.send(
          new Batch(
              "s",
              new Partition("t", 0),
              TopicIdentity.UNKNOWN,
              false,
              "key",
              List.of(new Pending(record, null)),
              4,
              "1000 ab",
              "f1"));
    }
  }
}
