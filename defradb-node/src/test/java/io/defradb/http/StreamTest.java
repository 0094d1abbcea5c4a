package io.defradb.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.EOFException;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class StreamTest {
  private static final int ITEM_BYTES = 1000;

  /** Writes one item a pull, as many as wanted. */
  private static class Items implements StreamSource {
    final AtomicLong pulled = new AtomicLong();
    final AtomicBoolean isClosed = new AtomicBoolean();
    final long count;

    Items(long count) {
      this.count = count;
    }

    @Override
    public Progress pull(StreamBuffer out) {
      if (pulled.get() == count) {
        return Progress.END;
      }
      out.write(String.format("%0" + (ITEM_BYTES - 1) + "d%n", pulled.getAndIncrement()));
      return Progress.MORE;
    }

    @Override
    public void close() {
      isClosed.set(true);
    }
  }

  private static TestServer server(StreamSource source) {
    return new TestServer(
        TestServer.endpoint(
            TestServer.get("/stream"), call -> Answer.stream("application/x-ndjson", source)));
  }

  @Test
  void givenAStream_whenItEnds_thenEveryItemCameAndTheConnectionLivesOn() throws IOException {
    var items = new Items(5_000);
    try (var server = server(items);
        RawClient client = server.connect()) {
      RawClient.Response response = client.exchange("GET", "/api/v0/stream");
      assertThat(response.header("Transfer-Encoding")).isEqualTo("chunked");
      assertThat(response.body()).hasSize(5_000 * ITEM_BYTES);
      await().untilTrue(items.isClosed);
      assertThat(client.exchange("GET", "/nope").status()).isEqualTo(404);
    }
  }

  @Test
  void givenAClientThatDoesNotRead_whenTheBuffersAreFull_thenPullingStopsUntilItReads()
      throws IOException {
    long endless = Long.MAX_VALUE;
    var items = new Items(endless);
    try (var server = server(items);
        RawClient client = new RawClient(server.address(), 8192)) {
      client.request("GET", "/api/v0/stream", "", "");
      long[] seen = {-1};
      await()
          .pollInterval(java.time.Duration.ofMillis(300))
          .until(
              () -> {
                long before = seen[0];
                seen[0] = items.pulled.get();
                return before == seen[0] && before > 0;
              });
      assertThat(seen[0] * ITEM_BYTES).isLessThan(32L * 1024 * 1024);
      client.readHead();
      for (int i = 0; i < 20_000; i++) {
        assertThat(Long.parseLong(client.readChunk().strip())).isEqualTo(i);
      }
      await().until(() -> items.pulled.get() > seen[0]);
      client.close();
      await().untilTrue(items.isClosed);
      await().until(() -> server.stats.streams() == 0);
    }
  }

  /** Waits for what the test gives. */
  private static final class Given implements StreamSource {
    final BlockingQueue<String> items = new LinkedBlockingQueue<>();
    final AtomicBoolean isClosed = new AtomicBoolean();
    volatile Runnable wake = () -> {};

    @Override
    public void open(Runnable wakeUp) {
      wake = wakeUp;
    }

    @Override
    public Progress pull(StreamBuffer out) {
      String item = items.poll();
      if (item == null) {
        return Progress.WAIT;
      }
      if (item.equals("fail")) {
        throw new IllegalStateException("a fault of ours");
      }
      out.write("data: " + item + "\n\n");
      return Progress.MORE;
    }

    @Override
    public void close() {
      isClosed.set(true);
    }

    void give(String item) {
      items.add(item);
      wake.run();
    }
  }

  @Test
  void givenAWaitingStream_whenWoken_thenTheItemComesAtOnceAndHeadersCameBefore()
      throws IOException {
    var given = new Given();
    try (var server =
            new TestServer(
                TestServer.endpoint(
                    TestServer.get("/events"), call -> Answer.events(given, false)));
        RawClient client = server.connect()) {
      RawClient.Response head = client.request("GET", "/api/v0/events", "", "").readHead();
      assertThat(head.header("Content-Type")).isEqualTo("text/event-stream");
      assertThat(head.header("Cache-Control")).isEqualTo("no-cache");
      assertThat(head.header("Connection")).isEqualTo("keep-alive");
      for (int i = 0; i < 100; i++) {
        given.give("item " + i);
        assertThat(client.readChunk()).isEqualTo("data: item " + i + "\n\n");
      }
      client.close();
      await().untilTrue(given.isClosed);
    }
  }

  @Test
  void givenAStream_whenTheSourceFails_thenItIsCutOffVisibly() throws IOException {
    var given = new Given();
    try (var server =
            new TestServer(
                TestServer.endpoint(
                    TestServer.get("/events"), call -> Answer.events(given, false)));
        RawClient client = server.connect()) {
      client.request("GET", "/api/v0/events", "", "").readHead();
      given.give("fine");
      assertThat(client.readChunk()).isEqualTo("data: fine\n\n");
      given.give("fail");
      Assertions.assertThatThrownBy(client::readChunk).isInstanceOf(EOFException.class);
      await().untilTrue(given.isClosed);
    }
  }

  @Test
  void givenATimedWait_whenNobodyWakesIt_thenItIsPulledAgain() throws IOException {
    StreamSource heartbeats =
        new StreamSource() {
          private int count;

          @Override
          public Progress pull(StreamBuffer out) {
            out.write("beat " + count++);
            return count == 3 ? Progress.END : Progress.waitAtMost(20);
          }

          @Override
          public void close() {}
        };
    try (var server = server(heartbeats);
        RawClient client = server.connect()) {
      assertThat(client.exchange("GET", "/api/v0/stream").body()).isEqualTo("beat 0beat 1beat 2");
    }
  }

  @Test
  void givenAnotherHouse_whenMoved_thenStreamsAreCutAndItAnswersOnTheSameConnection()
      throws IOException {
    var given = new Given();
    Endpoint events =
        TestServer.endpoint(TestServer.get("/events"), call -> Answer.events(given, false));
    Endpoint before = TestServer.endpoint(TestServer.get("/who"), call -> Answer.text(200, "old"));
    Endpoint after = TestServer.endpoint(TestServer.get("/who"), call -> Answer.text(200, "new"));
    try (var server = new TestServer(events, before);
        RawClient reader = server.connect();
        RawClient client = server.connect()) {
      reader.request("GET", "/api/v0/events", "", "").readHead();
      assertThat(client.exchange("GET", "/api/v0/who").body()).isEqualTo("old");
      assertThat(server.move(after)).isTrue();
      assertThat(given.isClosed).isTrue();
      assertThat(reader.readByte()).isEqualTo(-1);
      assertThat(client.exchange("GET", "/api/v0/who").body()).isEqualTo("new");
    }
  }
}
