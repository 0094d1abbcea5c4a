package io.defradb.http.endpoint.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.defradb.acp.Asker;
import io.defradb.db.StoreFixture;
import io.defradb.db.feed.Feed;
import io.defradb.db.ingest.Ingest;
import io.defradb.document.DocId;
import io.defradb.document.Value;
import io.defradb.http.Endpoint;
import io.defradb.http.House;
import io.defradb.http.HttpServer;
import io.defradb.http.HttpSettings;
import io.defradb.http.HttpStats;
import io.defradb.http.TransactionSessions;
import io.defradb.http.endpoint.ingest.IngestEndpoints;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Feed and ingest as a connector meets them: over HTTP, on a real store. */
class FeedOverHttpTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String POSITION =
      "\"position\":{\"sink\":\"orders\",\"clusterId\":\"c\",\"topic\":\"t\",\"topicId\":\"i\","
          + "\"partition\":0}";

  private final HttpClient client = HttpClient.newHttpClient();
  private StoreFixture node;
  private HttpServer server;
  private String feedId;

  @BeforeEach
  void start() {
    node = StoreFixture.inMemory();
    node.addSchema("type User { id: String  name: String  visits: Int @crdt(type: pcounter) }");
    feedId = node.feedState().feedId();
    var feed = new Feed(node.database(), node.feedState(), node.events(), InstantSource.system());
    var ingest = new Ingest(node.database(), node.feedState()::feedId, InstantSource.system());
    List<Endpoint> endpoints = new ArrayList<>(ChangesEndpoints.all(feed, InstantSource.system()));
    endpoints.addAll(IngestEndpoints.all(ingest));
    server =
        new HttpServer(
            HttpSettings.of("127.0.0.1", 0, List.of(), null),
            work -> {
              var thread = new Thread(work, "test-http");
              thread.setDaemon(true);
              return thread;
            },
            new HttpStats());
    server.bind();
    server.open(
        new House(
            endpoints,
            new TransactionSessions(node.database(), Duration.ofMinutes(1), 0, System::nanoTime),
            (authorization, host) -> Asker.ANONYMOUS));
  }

  @AfterEach
  void stop() {
    server.close();
    node.close();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + server.address().getPort() + "/api/v0" + path))
        .timeout(Duration.ofMinutes(2));
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new AssertionError(text, e);
    }
  }

  private JsonNode get(String path) {
    HttpResponse<String> response = send(request(path).build());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return json(response.body());
  }

  private HttpResponse<String> ingest(String operations) {
    return send(
        request("/ingest")
            .POST(BodyPublishers.ofString("{" + POSITION + ",\"operations\":[" + operations + "]}"))
            .build());
  }

  private static String upsert(long offset, String id, String name) {
    return "{\"op\":\"upsert\",\"collection\":\"User\",\"offset\":"
        + offset
        + ",\"key\":{\"id\":\""
        + id
        + "\"},\"document\":{\"name\":\""
        + name
        + "\"}}";
  }

  private DocId createUser(String name) {
    return node.create("User", Map.of("name", new Value.Text(name)));
  }

  @Test
  void recordsBecomeDocumentsAndDocumentsBecomeEntries() {
    HttpResponse<String> applied = ingest(upsert(1, "u1", "Bob") + "," + upsert(2, "u2", "Eve"));
    assertThat(applied.statusCode()).as(applied.body()).isEqualTo(200);
    JsonNode answer = json(applied.body());
    assertThat(answer.get("feedId").asText()).isEqualTo(feedId);
    assertThat(answer.get("offset").asLong()).isEqualTo(2);
    assertThat(answer.get("results").get(0).get("status").asText()).isEqualTo("created");
    assertThat(
            json(ingest(upsert(2, "u2", "Eve")).body())
                .get("results")
                .get(0)
                .get("status")
                .asText())
        .isEqualTo("duplicate");

    JsonNode positions = get("/ingest/positions?sink=orders");
    assertThat(positions.get("positions").get(0).get("offset").asLong()).isEqualTo(2);

    JsonNode page = get("/changes?include=after&feedId=" + feedId);
    assertThat(page.get("feedId").asText()).isEqualTo(feedId);
    assertThat(page.get("results")).hasSize(4);
    JsonNode last = page.get("results").get(3);
    assertThat(last.get("after").toString()).isEqualTo("{\"id\":\"u2\",\"name\":\"Eve\"}");
    assertThat(last.get("origin").toString())
        .isEqualTo("{\"kind\":\"ingest\",\"sink\":\"orders\"}");
    assertThat(page.get("lastSeq").asLong()).isEqualTo(last.get("seq").asLong());
    assertThat(get("/changes?since=" + page.get("lastSeq").asLong()).get("results")).isEmpty();
  }

  @Test
  void aPoisonOperationIsNamed() {
    HttpResponse<String> refused =
        ingest(
            upsert(1, "u1", "Bob")
                + ",{\"op\":\"upsert\",\"collection\":\"No\",\"offset\":2,\"key\":{\"id\":\"x\"}}");
    assertThat(refused.statusCode()).isEqualTo(422);
    JsonNode body = json(refused.body());
    assertThat(body.get("operation").asInt()).isEqualTo(1);
    assertThat(body.get("offset").asLong()).isEqualTo(2);
    assertThat(body.get("code").asText()).isEqualTo("COLLECTION_NOT_FOUND");
    assertThat(get("/ingest/positions").get("positions")).isEmpty();
  }

  @Test
  void aPositionOfAnotherTopicIsShownBesideTheStoredOne() {
    ingest(upsert(1, "u1", "Bob"));
    HttpResponse<String> refused =
        send(
            request("/ingest")
                .POST(
                    BodyPublishers.ofString(
                        "{" + POSITION.replace("\"i\"", "\"j\"") + ",\"operations\":[]}"))
                .build());
    assertThat(refused.statusCode()).isEqualTo(409);
    JsonNode body = json(refused.body());
    assertThat(body.get("code").asText()).isEqualTo("POSITION_MISMATCH");
    assertThat(body.get("stored").get("topicId").asText()).isEqualTo("i");
    assertThat(body.get("given").get("topicId").asText()).isEqualTo("j");
  }

  @Test
  void aBatchHasItsOwnTransactionAndABound() {
    HttpResponse<String> inTransaction =
        send(
            request("/ingest")
                .header("x-defradb-tx", "1")
                .POST(BodyPublishers.ofString("{}"))
                .build());
    assertThat(inTransaction.statusCode()).isEqualTo(400);
    HttpResponse<String> large =
        send(
            request("/ingest")
                .POST(BodyPublishers.ofByteArray(new byte[16 * 1024 * 1024 + 1]))
                .build());
    assertThat(large.statusCode()).isEqualTo(413);
    assertThat(json(large.body()).get("code").asText()).isEqualTo("TOO_LARGE");
  }

  @Test
  void aPlaceInAnotherFeedIsGone() {
    createUser("Bob");
    HttpResponse<String> gone = send(request("/changes?feedId=other&since=1").build());
    assertThat(gone.statusCode()).isEqualTo(410);
    JsonNode body = json(gone.body());
    assertThat(body.get("code").asText()).isEqualTo("FEED_GONE");
    assertThat(body.get("feedId").asText()).isEqualTo(feedId);
    assertThat(body.get("oldestSeq").asLong()).isEqualTo(1);
    assertThat(body.get("newestSeq").asLong()).isEqualTo(node.newestSeq());
    assertThat(send(request("/changes?since=1000").build()).statusCode()).isEqualTo(410);
    assertThat(send(request("/changes?since=x").build()).statusCode()).isEqualTo(400);
    assertThat(send(request("/changes?include=x").build()).statusCode()).isEqualTo(400);
    assertThat(send(request("/changes?limit=0").build()).statusCode()).isEqualTo(400);
  }

  @Test
  void longpollWaitsForTheFirstEntryAndNoLongerThanItMay() {
    CompletableFuture<HttpResponse<String>> waiting =
        client.sendAsync(
            request("/changes?feed=longpoll&since=now&timeout=15000").build(),
            BodyHandlers.ofString());
    DocId bob = createUser("Bob");
    await() // nobody says when the node has been asked
        .pollInterval(Duration.ofMillis(10))
        .until(
            () -> {
              node.update("User", bob, Map.of("name", new Value.Text("Bob " + node.newestSeq())));
              return waiting.isDone();
            });
    assertThat(json(waiting.join().body()).get("results")).isNotEmpty();
    JsonNode empty = get("/changes?feed=longpoll&timeout=50&since=" + node.newestSeq());
    assertThat(empty.get("results")).isEmpty();
    assertThat(empty.get("lastSeq").asLong()).isEqualTo(node.newestSeq());
  }

  private BufferedReader stream(HttpRequest request) throws Exception {
    return new BufferedReader(
        new InputStreamReader(
            client.send(request, BodyHandlers.ofInputStream()).body(), StandardCharsets.UTF_8));
  }

  @Test
  void aContinuousStreamBringsEntriesAndSignsOfLife() throws Exception {
    createUser("Bob");
    try (BufferedReader lines = stream(request("/changes?feed=continuous&heartbeat=100").build())) {
      assertThat(json(lines.readLine()).get("op").asText()).isEqualTo("create");
      JsonNode heartbeat = json(lines.readLine());
      assertThat(heartbeat.get("heartbeat").asBoolean()).isTrue();
      assertThat(heartbeat.get("lastSeq").asLong()).isEqualTo(node.newestSeq());
      createUser("Eve");
      JsonNode next = json(lines.readLine());
      while (next.has("heartbeat")) {
        next = json(lines.readLine());
      }
      assertThat(next.get("seq").asLong()).isEqualTo(node.newestSeq());
    }
  }

  @Test
  void anEventSourceResumesBehindTheLastIdItSaw() throws Exception {
    createUser("Bob");
    createUser("Eve");
    String lastId;
    try (BufferedReader lines = stream(request("/changes?feed=eventsource").build())) {
      lastId = lines.readLine();
      assertThat(lastId).startsWith("id: " + feedId + ":");
      assertThat(lines.readLine()).startsWith("data: {\"seq\":");
      assertThat(lines.readLine()).isEmpty();
    }
    try (BufferedReader lines =
        stream(
            request("/changes?feed=eventsource")
                .header("Last-Event-ID", lastId.substring(4))
                .build())) {
      assertThat(lines.readLine()).isEqualTo("id: " + feedId + ":" + node.newestSeq());
    }
  }

  @Test
  void aSnapshotSaysItsMomentAndItsEnd() {
    createUser("Bob");
    createUser("Eve");
    List<String> lines =
        send(request("/changes/snapshot?collections=User").build()).body().lines().toList();
    assertThat(lines).hasSize(4);
    assertThat(json(lines.get(0)).get("seq").asLong()).isEqualTo(node.newestSeq());
    JsonNode first = json(lines.get(1));
    assertThat(first.get("cid")).isEqualTo(first.get("heads").get(0));
    assertThat(first.get("height").asLong()).isEqualTo(1);
    assertThat(lines.get(3)).isEqualTo("{\"end\":true,\"count\":2}");
    String rest =
        "/changes/snapshot?collections=User&afterDocID="
            + first.get("docID").asText()
            + "&afterCollectionID="
            + first.get("collectionID").asText();
    List<String> resumed = send(request(rest).build()).body().lines().toList();
    assertThat(resumed).hasSize(3);
    assertThat(resumed.get(1)).isEqualTo(lines.get(2));
    assertThat(send(request("/changes/snapshot").build()).statusCode()).isEqualTo(400);
    assertThat(send(request("/changes/snapshot?collections=No").build()).statusCode())
        .isEqualTo(404);
  }

  @Test
  void consumersComeAndGo() {
    createUser("Bob");
    HttpResponse<String> put =
        send(
            request("/changes/consumers/lake")
                .PUT(
                    BodyPublishers.ofString(
                        "{\"feedId\":\"" + feedId + "\",\"seq\":1,\"ttlSeconds\":60}"))
                .build());
    assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
    assertThat(get("/changes/consumers").get(0).get("name").asText()).isEqualTo("lake");
    assertThat(send(request("/changes/consumers/lake").DELETE().build()).statusCode())
        .isEqualTo(200);
    assertThat(get("/changes/consumers")).isEmpty();
    JsonNode info = get("/changes/info");
    assertThat(info.get("feedId").asText()).isEqualTo(feedId);
    assertThat(info.get("newestSeq").asLong()).isEqualTo(node.newestSeq());
    assertThat(
            send(request("/changes/consumers/lake")
                    .PUT(BodyPublishers.ofString("{\"feedId\":\"x\",\"seq\":1,\"ttlSeconds\":60}"))
                    .build())
                .statusCode())
        .isEqualTo(410);
  }
}
