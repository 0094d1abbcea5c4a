package io.defradb.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Objects;
import org.junit.jupiter.api.Test;

@SuppressWarnings("StringConcatToTextBlock") // lines of HTTP end in CRLF
class HostileClientTest {
  /** Of a server that closes whoever is slow: what is asked of it must be sent sooner. */
  private static final Duration SHORT = Duration.ofSeconds(1);

  /** Of a server that closes for another reason. */
  private static final Duration LONG = Duration.ofMinutes(2);

  private static final Duration SENDING = Duration.ofSeconds(3);

  private static final int BODY_BYTES_MAX = 10_000;

  private static TestServer server() {
    return server(LONG);
  }

  /** {@code limit}: of headers, of a body that stalls. */
  private static TestServer server(Duration limit) {
    return new TestServer(
        TestServer.settings(BODY_BYTES_MAX, 4, 100, limit, limit),
        TestServer.endpoint(TestServer.post("/echo"), call -> Answer.text(200, call.bodyText())));
  }

  /** A client with its answer. A busy machine may be too slow for {@link #SHORT}, not each time. */
  private static RawClient answered(TestServer server) {
    return await()
        .ignoreExceptions()
        .until(
            () -> {
              RawClient client = server.connect();
              String body = client.request("POST", "/api/v0/echo", "", "alive").read().body();
              return body.equals("alive") ? client : null;
            },
            Objects::nonNull);
  }

  private static void assertStillServing(TestServer server) throws IOException {
    answered(server).close();
  }

  @Test
  void givenABodyAboveTheLimit_whenAnnouncedOrChunked_then413AndTheConnectionEnds()
      throws IOException {
    try (var server = server()) {
      try (RawClient client = server.connect()) {
        client.request("POST", "/api/v0/echo", "", "x".repeat(BODY_BYTES_MAX + 1));
        RawClient.Response response = client.read();
        assertThat(response.status()).isEqualTo(413);
        assertThat(response.body()).contains("10000").contains("\"code\":\"TOO_LARGE\"");
        assertThat(response.header("Connection")).isEqualTo("close");
        assertThat(client.readByte()).isEqualTo(-1);
      }
      try (RawClient client = server.connect()) {
        client.send("POST /api/v0/echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (int i = 0; i < 11; i++) {
          client.send("3e8\r\n" + "y".repeat(1000) + "\r\n");
        }
        assertThat(client.read().status()).isEqualTo(413);
      }
      assertStillServing(server);
    }
  }

  @Test
  void givenABodyAboveTheLimit_whenItGoesOnComing_thenItIsReadAndTheAnswerIsNotLost() {
    try (var server = server()) {
      await()
          .atMost(LONG)
          .ignoreExceptions()
          .untilAsserted(() -> assertThat(answerAfterSending(server)).isEqualTo(413));
    }
  }

  /** To a client that goes on for longer than a silent one is waited for, and only then reads. */
  private static int answerAfterSending(TestServer server) throws IOException {
    try (RawClient client = server.connect()) {
      client.send("POST /api/v0/echo HTTP/1.1\r\nHost: x\r\nContent-Length: 40000\r\n\r\n");
      long start = System.nanoTime();
      await()
          .until(
              () -> {
                client.send("z".repeat(100));
                return System.nanoTime() - start > SENDING.toNanos();
              });
      assertThat(server.stats.connections()).isEqualTo(1);
      return client.read().status();
    }
  }

  @Test
  void givenAClientThatWaitsForContinue_whenTheBodyIsTooLarge_thenItIsToldBeforeSending()
      throws IOException {
    try (var server = server();
        RawClient client = server.connect()) {
      client.send(
          "POST /api/v0/echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n"
              + "Content-Length: 999999999999\r\n\r\n");
      assertThat(client.read().status()).isEqualTo(413);
    }
  }

  @Test
  void givenAClientThatWaitsForContinue_whenTheBodyFits_thenItIsAskedToGoOn() throws IOException {
    try (var server = server();
        RawClient client = server.connect()) {
      client.send(
          "POST /api/v0/echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n"
              + "Content-Length: 5\r\n\r\n");
      assertThat(client.readHead().status()).isEqualTo(100);
      assertThat(client.send("hello").read().body()).isEqualTo("hello");
    }
  }

  @Test
  void givenNoHttp_whenRead_then400() throws IOException {
    try (var server = server();
        RawClient client = server.connect()) {
      client.send("\u0001\u0002nonsense\r\n\r\n");
      assertThat(client.read().status()).isEqualTo(400);
      assertStillServing(server);
    }
  }

  @Test
  void givenAHalfClosedConnection_whenTheRequestIsWhole_thenItIsAnswered() throws IOException {
    try (var server = server();
        RawClient client = server.connect()) {
      client.request("POST", "/api/v0/echo", "", "last words");
      client.socket.shutdownOutput();
      assertThat(client.read().body()).isEqualTo("last words");
      assertThat(client.readByte()).isEqualTo(-1);
    }
  }

  @Test
  void givenAHalfClosedConnection_whenTheRequestIsNotWhole_thenItIsClosed() throws IOException {
    try (var server = server();
        RawClient client = server.connect()) {
      client.send("POST /api/v0/echo HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf");
      client.socket.shutdownOutput();
      assertThat(client.readByte()).isEqualTo(-1);
      await().until(() -> server.stats.connections() == 0);
    }
  }

  @Test
  void givenHeadersOrABodyThatDrip_whenTheTimeIsUp_thenTheConnectionIsClosed() throws IOException {
    try (var server = server(SHORT)) {
      var clients = new ArrayList<RawClient>();
      for (int i = 0; i < 20; i++) {
        clients.add(server.connect().send("POST /api/v0/echo HTTP/1.1\r\nX-Slow: "));
        clients.add(
            server
                .connect()
                .send("POST /api/v0/echo HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nx"));
      }
      assertStillServing(server);
      for (RawClient client : clients) {
        assertThat(client.hasEnded()).isTrue();
        client.close();
      }
    }
  }

  @Test
  void givenAClientThatReadsNothing_whenTheTimeIsUp_thenTheConnectionIsClosed() throws IOException {
    byte[] much = new byte[8 * 1024 * 1024];
    try (var server =
            new TestServer(
                TestServer.settings(BODY_BYTES_MAX, 4, 100, SHORT, SHORT),
                TestServer.endpoint(
                    TestServer.get("/much"),
                    call -> new Answer.Whole(200, "text/plain", much, much.length)));
        RawClient client = new RawClient(server.address(), 4096)) {
      client.request("GET", "/api/v0/much", "", "");
      await().until(() -> server.stats.connections() == 0);
    }
  }

  private static TestServer narrow(int connectionsMax, Duration limit) {
    return new TestServer(
        TestServer.settings(BODY_BYTES_MAX, 4, 100, connectionsMax, limit, limit, limit),
        TestServer.endpoint(TestServer.post("/echo"), call -> Answer.text(200, call.bodyText())));
  }

  @Test
  void givenAConnectionBetweenRequests_whenTheIdleTimeIsUp_thenItIsClosed() throws IOException {
    try (var server = narrow(100, SHORT);
        RawClient used = answered(server);
        RawClient fresh = server.connect()) {
      assertThat(fresh.readByte()).isEqualTo(-1);
      assertThat(used.readByte()).isEqualTo(-1);
      assertStillServing(server);
    }
  }

  @Test
  void givenAsManyConnectionsAsMayBe_whenOneMoreComes_thenItIsClosedAtOnceAndRoomIsFoundLater()
      throws IOException {
    try (var server = narrow(3, LONG)) {
      var clients = new ArrayList<RawClient>();
      for (int i = 0; i < 3; i++) {
        clients.add(server.connect());
        assertThat(clients.get(i).request("POST", "/api/v0/echo", "", "x").read().status())
            .isEqualTo(200);
      }
      try (RawClient one = server.connect()) {
        assertThat(one.readByte()).isEqualTo(-1);
      }
      for (RawClient client : clients) {
        client.close();
      }
      await().until(() -> server.stats.connections() == 0);
      assertStillServing(server);
    }
  }

  @Test
  void givenHeadersOrATargetWithoutEnd_whenTheyPassTheirBound_then400AndTheConnectionEnds()
      throws IOException {
    try (var server = server()) {
      String much = "x".repeat(2 * 1024 * 1024);
      for (String head :
          new String[] {
            "POST /" + much + " HTTP/1.1\r\n\r\n", "POST / HTTP/1.1\r\nX: " + much + "\r\n\r\n"
          }) {
        try (RawClient client = server.connect()) {
          client.send(head);
          assertThat(client.read().status()).isEqualTo(400);
          assertThat(client.readByte()).isEqualTo(-1);
        }
      }
      assertStillServing(server);
    }
  }

  @Test
  void givenManyConnectionsThatComeAndGo_whenReset_thenNoneIsLeft() throws IOException {
    try (var server = server()) {
      for (int i = 0; i < 200; i++) {
        RawClient client = server.connect();
        client.send("POST /api/v0/echo HTTP/1.1\r\nContent-Le");
        client.socket.setSoLinger(true, 0);
        client.close();
      }
      assertStillServing(server);
      await().until(() -> server.stats.connections() == 0);
    }
  }
}
