package io.defradb.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class HttpServerTest {
  private static Endpoint text(String path, String text) {
    return TestServer.endpoint(TestServer.get(path), call -> Answer.text(200, text));
  }

  private static Endpoint echo() {
    return TestServer.endpoint(TestServer.post("/echo"), call -> Answer.text(200, call.bodyText()));
  }

  @Test
  void givenPipelinedRequests_whenAnswered_thenAnswersKeepTheOrder() throws IOException {
    try (var server = new TestServer(echo());
        RawClient client = server.connect()) {
      int count = 100;
      for (int i = 0; i < count; i++) {
        client.request("POST", "/api/v0/echo", "", "body " + i);
      }
      for (int i = 0; i < count; i++) {
        assertThat(client.read().body()).isEqualTo("body " + i);
      }
    }
  }

  @Test
  void givenAnUnknownPath_whenAsked_thenPlainText404() throws IOException {
    try (var server = new TestServer(text("/known", "x"));
        RawClient client = server.connect()) {
      for (String path : new String[] {"/", "/api/v0/known/", "/api/v0/nope", "/api/v0"}) {
        RawClient.Response response = client.exchange("GET", path);
        assertThat(response.status()).isEqualTo(404);
        assertThat(response.body()).isEqualTo("404 page not found\n");
        assertThat(response.header("Content-Type")).isEqualTo("text/plain; charset=utf-8");
        assertThat(response.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(response.header("Vary")).isEqualTo("Origin");
        assertThat(response.has("Date")).isTrue();
      }
      RawClient.Response head = client.exchange("HEAD", "/nope");
      assertThat(head.status()).isEqualTo(404);
      assertThat(head.header("Content-Length")).isEqualTo("19");
      assertThat(client.exchange("GET", "/api/v0/known").body()).isEqualTo("x");
    }
  }

  @Test
  void givenAKnownPath_whenTheMethodIsWrong_then405WithALinePerMethod() throws IOException {
    try (var server =
            new TestServer(
                text("/both", "x"),
                TestServer.endpoint(TestServer.post("/both"), call -> Answer.empty()));
        RawClient client = server.connect()) {
      RawClient.Response response = client.exchange("DELETE", "/api/v0/both");
      assertThat(response.status()).isEqualTo(405);
      assertThat(response.body()).isEmpty();
      assertThat(response.headers().get("allow")).containsExactly("GET", "POST");
      assertThat(client.exchange("OPTIONS", "/api/v0/both").status()).isEqualTo(405);
    }
  }

  @Test
  void givenAWrittenSegment_whenOnlyTheParameterKnowsTheMethod_thenTheParameterAnswers()
      throws IOException {
    try (var server =
            new TestServer(
                text("/things/all", "all"),
                TestServer.endpoint(
                    TestServer.post("/things/{name}"),
                    call -> Answer.text(200, call.pathParameter("name"))));
        RawClient client = server.connect()) {
      assertThat(client.exchange("GET", "/api/v0/things/all").body()).isEqualTo("all");
      assertThat(client.exchange("POST", "/api/v0/things/all").body()).isEqualTo("all");
    }
  }

  @Test
  void givenAnEscapedParameter_whenMoreIsEscapedThanHasToBe_thenItIsWhatIsWritten()
      throws IOException {
    try (var server =
            new TestServer(
                TestServer.endpoint(
                    TestServer.post("/things/{name}"),
                    call -> Answer.text(200, call.pathParameter("name"))));
        RawClient client = server.connect()) {
      assertThat(client.exchange("POST", "/api/v0/things/a%20b").body()).isEqualTo("a b");
      assertThat(client.exchange("POST", "/api/v0/things/%C3%A9:%21").body()).isEqualTo("é:!");
      assertThat(client.exchange("POST", "/api/v0/things/a%20b%2Fc").body()).isEqualTo("a%20b%2Fc");
      assertThat(client.exchange("POST", "/api/v0/things/a%3ab").body()).isEqualTo("a%3ab");
    }
  }

  @Test
  void givenPairsOfTheQueryThatAreWrittenWrongly_whenAsked_thenTheOthersCount() throws IOException {
    Endpoint echo =
        TestServer.endpoint(
            TestServer.get("/q"),
            call ->
                Answer.text(200, call.query("a") + "|" + call.query("b") + "|" + call.query("")));
    try (var server = new TestServer(echo);
        RawClient client = server.connect()) {
      String path = "/api/v0/q?a=%zz&b=x;y&a=%4&b=1+%2B%C3%A9=&a=2&a=3&=e&&%zz=1";
      assertThat(client.exchange("GET", path).body()).isEqualTo("2|1 +é=|e");
      assertThat(client.exchange("GET", "/api/v0/q?").body()).isEqualTo("null|null|null");
    }
  }

  @Test
  void givenABrokenEscapeInThePath_whenAsked_then400() throws IOException {
    try (var server =
            new TestServer(TestServer.endpoint(TestServer.get("/x"), c -> Answer.text(200, "x")));
        RawClient client = server.connect()) {
      RawClient.Response response = client.exchange("GET", "/api/v0/%zz");
      assertThat(response.status()).isEqualTo(400);
      assertThat(response.body()).isEqualTo("400 Bad Request");
    }
  }

  @Test
  void givenABody_whenLongerThan2048Bytes_thenChunkedElseWithLength() throws IOException {
    try (var server =
            new TestServer(text("/short", "x".repeat(2048)), text("/long", "x".repeat(2049)));
        RawClient client = server.connect()) {
      assertThat(client.exchange("GET", "/api/v0/short").header("Content-Length"))
          .isEqualTo("2048");
      RawClient.Response chunked = client.exchange("GET", "/api/v0/long");
      assertThat(chunked.header("Transfer-Encoding")).isEqualTo("chunked");
      assertThat(chunked.has("Content-Length")).isFalse();
      assertThat(chunked.body()).hasSize(2049);
    }
  }

  @Test
  void givenAnOldClient_whenTheAnswerIsLong_thenItIsNotChunked() throws IOException {
    try (var server = new TestServer(text("/long", "x".repeat(5000)));
        RawClient client = server.connect()) {
      client.send("GET /api/v0/long HTTP/1.0\r\n\r\n");
      RawClient.Response response = client.read();
      assertThat(response.header("Content-Length")).isEqualTo("5000");
      assertThat(client.readByte()).isEqualTo(-1);
    }
  }

  @Test
  void givenAFailure_whenExpected_then400AndItsTextAndWhenNot_then500AndTheWorkerLives()
      throws IOException {
    try (var server =
            new TestServer(
                TestServer.endpoint(
                    TestServer.get("/refused"),
                    call -> {
                      throw new DefraException(ErrorCode.INVALID_VALUE, "no <b> & c");
                    }),
                TestServer.endpoint(
                    TestServer.get("/deep"), call -> Answer.text(200, "" + depth(0))),
                TestServer.endpoint(
                    TestServer.get("/broken"),
                    call -> {
                      throw new IllegalStateException("a fault of ours");
                    }),
                TestServer.endpoint(
                    TestServer.get("/coded").codedErrors(),
                    call -> {
                      throw new DefraException(ErrorCode.FEED_GONE, "gone");
                    }));
        RawClient client = server.connect()) {
      RawClient.Response refused = client.exchange("GET", "/api/v0/refused");
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.body()).isEqualTo("{\"error\":\"no \\u003cb\\u003e \\u0026 c\"}\n");
      assertThat(refused.header("Content-Type")).isEqualTo("application/json");
      for (int i = 0; i < 10; i++) {
        RawClient.Response broken = client.exchange("GET", "/api/v0/broken");
        assertThat(broken.status()).isEqualTo(500);
        assertThat(broken.body()).startsWith("{\"error\":\"internal error. RequestID: ");
      }
      assertThat(client.exchange("GET", "/api/v0/deep").status()).isEqualTo(400);
      RawClient.Response coded = client.exchange("GET", "/api/v0/coded");
      assertThat(coded.status()).isEqualTo(410);
      assertThat(coded.body()).isEqualTo("{\"error\":\"gone\",\"code\":\"FEED_GONE\"}\n");
    }
  }

  @SuppressWarnings("InfiniteRecursion")
  private static int depth(int level) {
    return depth(level + 1) + 1;
  }

  @Test
  void givenAToken_whenItIsNotValid_then403() throws IOException {
    try (var server =
            new TestServer(
                TestServer.endpoint(
                    TestServer.get("/me"), call -> Answer.text(200, call.asker().did())));
        RawClient client = server.connect()) {
      RawClient.Response refused =
          client.request("GET", "/api/v0/me", "Authorization: Bearer bad\r\n", "").read();
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.body()).isEqualTo("forbidden\n");
      for (String line : List.of("GET /api/v0/nope", "DELETE /api/v0/me", "GET /api/v0")) {
        String[] words = line.split(" ");
        assertThat(
                client
                    .request(words[0], words[1], "Authorization: Bearer bad\r\n", "")
                    .read()
                    .status())
            .as(line)
            .isEqualTo(403);
      }
      assertThat(
              client.request("GET", "/nope", "Authorization: Bearer bad\r\n", "").read().status())
          .as("outside the API nobody is asked")
          .isEqualTo(404);
      assertThat(
              client
                  .request("GET", "/api/v0/me", "Authorization: Bearer good\r\n", "")
                  .read()
                  .body())
          .isEqualTo("did:key:good");
      assertThat(client.request("GET", "/api/v0/me", "Authorization:\r\n", "").read().body())
          .isEmpty();
    }
  }

  @Test
  void givenAllWorkersBusy_whenTheQueueIsFull_then503AndLaterServed() throws Exception {
    var release = new CountDownLatch(1);
    var started = new CountDownLatch(1);
    Endpoint slow =
        TestServer.endpoint(
            TestServer.get("/slow"),
            call -> {
              started.countDown();
              await(release);
              return Answer.text(200, "done");
            });
    var limit = Duration.ofMinutes(2);
    try (var server = new TestServer(TestServer.settings(1024, 1, 1, limit, limit), slow);
        RawClient first = server.connect();
        RawClient one = server.connect();
        RawClient other = server.connect()) {
      first.request("GET", "/api/v0/slow", "", "");
      started.await();
      one.request("GET", "/api/v0/slow", "", "");
      other.request("GET", "/api/v0/slow", "", "");
      // Nobody can say which of the two is read first: the later one finds no room.
      Awaitility.await().until(() -> one.hasAnswer() || other.hasAnswer());
      RawClient refused = one.hasAnswer() ? one : other;
      RawClient.Response response = refused.read();
      assertThat(response.status()).isEqualTo(503);
      assertThat(response.body()).contains("\"BUSY\"");
      release.countDown();
      assertThat(first.read().body()).isEqualTo("done");
      assertThat((refused == one ? other : one).read().body()).isEqualTo("done");
      Awaitility.await()
          .until(() -> refused.exchange("GET", "/api/v0/slow").body(), "done"::equals);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }
}
