package io.defradb.streams.latest;

import static io.defradb.streams.fixture.Events.event;
import static io.defradb.streams.fixture.Events.json;
import static io.defradb.streams.fixture.Events.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.defradb.streams.fixture.TestBroker;
import io.defradb.testing.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LatestStateBrokerTest {
  private static final int DOCUMENTS = 30;

  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Process> instances = new ArrayList<>();

  @AfterEach
  void stop() {
    instances.forEach(Process::destroyForcibly);
  }

  @Test
  void givenTwoInstances_whenEitherIsAsked_thenItAnswersForBoth() throws Exception {
    TestBroker broker = TestBroker.shared();
    String events = broker.topic("latest", 4);
    String table = broker.topic("latest-table", 4);
    for (int i = 0; i < DOCUMENTS; i++) {
      broker.post(events, key(docId(i)), event("c", i + 1, "{'n':" + i + "}"));
    }
    broker.post(events, key(docId(0)), event("d", 100, "{'n':0}"));
    broker.post(events, key(docId(0)), event("u", 101, "{'n':99}")); // late: it stays deleted
    broker.flush();
    int[] ports = {FreePorts.next(), FreePorts.next()};
    for (int port : ports) {
      instances.add(
          broker.example(
              "latest-state",
              "--topic",
              events,
              "--table",
              table,
              "--application-id",
              events,
              "--port",
              String.valueOf(port),
              "--state-dir",
              broker.folder().resolve("state-" + port).toString()));
    }
    await()
        .atMost(Duration.ofMinutes(3))
        .ignoreExceptions()
        .untilAsserted(
            () -> {
              for (int port : ports) {
                assertThat(ask(port, "/count").asInt()).isEqualTo(DOCUMENTS - 1);
                assertThat(ask(port, "/count?local=true").asInt()).isBetween(1, DOCUMENTS - 2);
              }
            });
    for (int port : ports) {
      assertThat(ask(port, "/documents/" + docId(0)).isNull()).isTrue();
      assertThat(ask(port, "/documents/bae-nobody").isNull()).isTrue();
      for (int i = 1; i < DOCUMENTS; i++) {
        assertThat(ask(port, "/documents/" + docId(i))).isEqualTo(json("{'n':" + i + "}"));
      }
      var range = JsonNodeFactory.instance.arrayNode();
      for (int i = 10; i < 15; i++) {
        range.addObject().put("_docID", docId(i)).put("n", i);
      }
      String path = "/documents?from=" + docId(10) + "&to=" + docId(20) + "&limit=5";
      assertThat(ask(port, path)).isEqualTo(range);
      assertThat(ask(port, "/documents?limit=no").has("error")).isTrue();
    }
  }

  private static String docId(int number) {
    return "bae-" + (100 + number);
  }

  private JsonNode ask(int port, String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    var answer =
        http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    return new ObjectMapper().readTree(answer.body());
  }
}
