package io.defradb.streams.fleet;

import static io.defradb.streams.fixture.Events.event;
import static io.defradb.streams.fixture.Events.json;
import static io.defradb.streams.fixture.Events.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.defradb.streams.fixture.TestBroker;
import io.defradb.testing.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FleetTotalsBrokerTest {
  private static final int VEHICLES = 40;
  private static final int ROUNDS = 60;

  private @Nullable Process running;

  @AfterEach
  void stop() {
    if (running != null) {
      running.destroyForcibly();
    }
  }

  /** Each vehicle's counter grows in every round, the instance is killed three times meanwhile. */
  @Test
  void givenAnInstanceKilledAgainAndAgain_whenAllIsRead_thenTheCountsAreExact() throws Exception {
    TestBroker broker = TestBroker.shared();
    String events = broker.topic("fleet", 3);
    String totals = broker.topic("fleet-totals", 2);
    long seq = 0;
    for (int round = 1; round <= ROUNDS; round++) {
      for (int vehicle = 0; vehicle < VEHICLES; vehicle++) {
        String op = round == 1 ? "c" : "u";
        broker.post(events, key("bae-" + vehicle), event(op, ++seq, vehicle(vehicle, round)));
      }
      broker.flush();
      if (round % 20 == 1) {
        kill();
        running = start(broker, events, totals, 0);
        int least = round;
        broker.awaitTable(totals, rows -> sum(rows) >= least); // it has begun, and is not done
      }
    }
    broker.post(events, key("bae-0"), event("d", ++seq, vehicle(0, ROUNDS)));
    broker.post(events, key("bae-0"), event("u", ++seq, vehicle(0, ROUNDS + 1))); // late
    broker.post(events, key("bae-1"), event("u", 41, vehicle(1, 2))); // delivered again
    broker.flush();
    kill();
    int port = FreePorts.next();
    running = start(broker, events, totals, port);
    int half = VEHICLES / 2;
    JsonNode even = json("{'documents':%s,'trips':%s}".formatted(half - 1, (half - 1) * ROUNDS));
    JsonNode odd = json("{'documents':%s,'trips':%s}".formatted(half, half * ROUNDS));
    Map<String, JsonNode> expected = Map.of("region-0", even, "region-1", odd);
    assertThat(broker.awaitTable(totals, expected::equals)).isEqualTo(expected);
    await()
        .atMost(Duration.ofSeconds(120))
        .ignoreExceptions() // what the killed one held is restored first
        .untilAsserted(() -> assertThat(ask(port, "/totals/region-0")).isEqualTo(even));
    assertThat(ask(port, "/totals").findValuesAsText("group"))
        .containsExactly("region-0", "region-1");
    assertThat(ask(port, "/totals/region-9").isNull()).isTrue();
  }

  private static JsonNode ask(int port, String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    var answer =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    return new ObjectMapper().readTree(answer.body());
  }

  private static String vehicle(int number, int trips) {
    return "{'region':'region-%s','trips':%s}".formatted(number % 2, trips);
  }

  private static long sum(Map<String, JsonNode> rows) {
    return rows.values().stream().mapToLong(row -> row.path("trips").asLong()).sum();
  }

  private static Process start(TestBroker broker, String events, String totals, int port)
      throws IOException {
    return broker.example(
        "fleet-totals",
        "--topic",
        events,
        "--totals",
        totals,
        "--by",
        "region",
        "--sum",
        "trips",
        "--port",
        String.valueOf(port),
        "--application-id",
        events,
        "-s",
        "session.timeout.ms=6000",
        "--state-dir",
        broker.folder().resolve("state-fleet").toString());
  }

  /** kill -9. */
  private void kill() throws InterruptedException {
    if (running != null) {
      running.destroyForcibly().waitFor();
    }
  }
}
