package io.defradb.connect.source.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.defradb.client.ChangeQuery;
import io.defradb.client.ClientSettings;
import io.defradb.client.DefraClient;
import io.defradb.connect.source.jmx.BeanNames;
import io.defradb.connect.source.metrics.SourceMetrics;
import io.defradb.connect.source.record.RowReader;
import io.defradb.connect.source.record.VersionSchemas;
import io.defradb.connect.source.settings.ReadLimits;
import io.defradb.connect.source.settings.SourceSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FeedReaderTest {
  private static final byte[] PAGE =
      "{\"feedId\":\"f\",\"results\":[],\"lastSeq\":7,\"newestSeq\":9}"
          .getBytes(StandardCharsets.UTF_8);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final AtomicInteger patient = new AtomicInteger();
  private final AtomicInteger hurried = new AtomicInteger();
  private final Arrivals arrivals = new Arrivals();
  private HttpServer node;

  @BeforeEach
  void start() throws Exception {
    node = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    node.createContext(
        "/api/v0/changes",
        call -> {
          boolean isHurried = call.getRequestURI().getQuery().contains("timeout=100&");
          (isHurried ? hurried : patient).incrementAndGet();
          call.sendResponseHeaders(200, PAGE.length);
          call.getResponseBody().write(PAGE);
          call.close();
        });
    node.start();
  }

  @AfterEach
  void stop() {
    node.stop(0);
  }

  @Test
  void givenWhoWaitsForTheNodesPlace_whenHurried_thenTheNodeIsAskedToTellItSoon() throws Exception {
    try (SourceMetrics metrics =
            new SourceMetrics(new BeanNames("hurry", 0, Map.of()), List.of(), Clock.systemUTC());
        FeedReader reader = reader(metrics)) {
      arrivals.awaitAfter(0, PATIENCE);
      assertThat(patient.get()).isPositive();
      assertThat(hurried.get()).isZero();
      reader.hurry(true);
      await().atMost(PATIENCE).until(() -> reader.take() != null && hurried.get() > 0);
      reader.hurry(false);
      int before = patient.get();
      await().atMost(PATIENCE).until(() -> reader.take() != null && patient.get() > before);
    }
  }

  private FeedReader reader(SourceMetrics metrics) {
    var settings =
        SourceSettings.of(
            Map.of("name", "s", "topic.prefix", "p", "collection.include.list", "User"));
    var rows =
        new RowReader(
            new VersionSchemas(
                settings,
                id -> {
                  throw new AssertionError(id);
                }));
    var query =
        new ChangeQuery(
            "f",
            0,
            10,
            Duration.ofSeconds(10),
            List.of("User"),
            0,
            1,
            Set.of(),
            Set.of(),
            Set.of(),
            true,
            Set.of());
    var limits = new ReadLimits(100, 1 << 20, -1, Duration.ofMillis(10));
    var client =
        new DefraClient(
            ClientSettings.anonymous("http://127.0.0.1:" + node.getAddress().getPort()));
    return new FeedReader("hurry", client, rows, limits, arrivals, query, metrics);
  }
}
