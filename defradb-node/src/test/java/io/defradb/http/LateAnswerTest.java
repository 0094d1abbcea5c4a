package io.defradb.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LateAnswerTest {
  @Test
  void givenOneWorkerAndAnAnswerToCome_whenOthersAsk_thenTheyAreServedMeanwhile()
      throws IOException {
    var later = new CompletableFuture<Answer>();
    HttpSettings oneWorker =
        TestServer.settings(1 << 20, 1, 4, Duration.ofMinutes(2), Duration.ofMinutes(2));
    try (var server =
            new TestServer(
                oneWorker,
                TestServer.endpoint(TestServer.get("/late"), call -> new Answer.Later(later)),
                TestServer.endpoint(TestServer.get("/now"), call -> Answer.text(200, "now")));
        RawClient waiting = server.connect();
        RawClient other = server.connect()) {
      waiting.request("GET", "/api/v0/late", "", "");
      assertThat(other.exchange("GET", "/api/v0/now").body()).isEqualTo("now");
      later.complete(Answer.text(200, "late"));
      assertThat(waiting.read().body()).isEqualTo("late");
    }
  }

  @Test
  void givenALateFailure_whenKnown_then400WithItsTextElse500() throws IOException {
    var known = new DefraException(ErrorCode.INVALID_ARGUMENT, "no such thing");
    try (var server =
            new TestServer(
                failing("/known", known),
                failing("/unknown", new IllegalStateException("secret")));
        RawClient client = server.connect()) {
      RawClient.Response refused = client.exchange("GET", "/api/v0/known");
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.body()).contains("no such thing");
      RawClient.Response broken = client.exchange("GET", "/api/v0/unknown");
      assertThat(broken.status()).isEqualTo(500);
      assertThat(broken.body()).doesNotContain("secret");
    }
  }

  private static Endpoint failing(String path, RuntimeException failure) {
    return TestServer.endpoint(
        TestServer.get(path), call -> new Answer.Later(CompletableFuture.failedFuture(failure)));
  }
}
