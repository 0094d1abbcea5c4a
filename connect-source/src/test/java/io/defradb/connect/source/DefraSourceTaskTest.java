package io.defradb.connect.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A task whose node is a few lines: it has collections of two documents each, and fails on demand.
 */
class DefraSourceTaskTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Set<String> toFail = ConcurrentHashMap.newKeySet();
  private final Set<String> toCutOff = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> places = new ArrayList<>();
  private final CyclicBarrier together = new CyclicBarrier(2);
  private volatile boolean areTogether;
  private HttpServer node;

  @BeforeEach
  void start() throws IOException {
    node = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    node.createContext("/", this::answer);
    node.setExecutor(threads);
    node.start();
  }

  @AfterEach
  void stop() {
    node.stop(0);
    threads.shutdownNow();
  }

  @Test
  void givenANodeThatGoesAwayWhileItIsAskedForCollections_whenBack_thenEachIsReadOnce()
      throws Exception {
    toFail.add("B");
    assertThat(read(Map.of(), 4)).containsExactly("a1", "a2", "b1", "b2");
    assertThat(places).containsExactly("first", "last", "first", "last");
  }

  @Test
  void givenSeveralThreads_whenCollectionsAreRead_thenTheyAreReadSideBySide() throws Exception {
    areTogether = true; // no answer to one before the other is asked for
    List<String> read = read(Map.of("snapshot.max.threads", "2"), 4);
    assertThat(read).containsSubsequence("a1", "a2").containsSubsequence("b1", "b2").hasSize(4);
  }

  @Test
  void givenSeveralThreadsAndAnswersThatAreCutOff_whenGoneOnWith_thenEachDocumentComesOnce()
      throws Exception {
    toCutOff.addAll(List.of("A", "B"));
    List<String> read = read(Map.of("snapshot.max.threads", "2"), 4);
    assertThat(read).containsSubsequence("a1", "a2").containsSubsequence("b1", "b2").hasSize(4);
  }

  @Test
  void givenADelay_whenPolled_thenTheSnapshotWaitsAndEachPollReturns() throws Exception {
    var task = started(Map.of("snapshot.delay.ms", "86400000"));
    for (int poll = 0; poll < 10; poll++) {
      assertThat(task.poll()).isNull();
    }
    task.stop();
    assertThat(read(Map.of("snapshot.delay.ms", "50"), 4)).hasSize(4);
  }

  /** DocIDs of the first {@code count} events, and of those of one poll more. */
  private List<String> read(Map<String, String> more, int count) throws InterruptedException {
    var task = started(more);
    List<String> docIds = new ArrayList<>();
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (docIds.size() < count) {
      assertThat(System.nanoTime()).as("polls that gave %s", docIds).isLessThan(end);
      add(task.poll(), docIds);
    }
    add(task.poll(), docIds);
    task.stop();
    return docIds;
  }

  private void add(List<SourceRecord> records, List<String> docIds) {
    if (records != null) {
      for (SourceRecord record : records) {
        docIds.add(((Struct) record.key()).getString("docID"));
        places.add(((Struct) record.value()).getStruct("source").getString("snapshot"));
      }
    }
  }

  private DefraSourceTask started(Map<String, String> more) {
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                "name", "s",
                "defradb.url", "http://127.0.0.1:" + node.getAddress().getPort(),
                "topic.prefix", "p",
                "collection.include.list", "A,B",
                "poll.interval.ms", "10",
                "retriable.restart.connector.wait.ms", "10"));
    settings.putAll(more);
    var task = new DefraSourceTask();
    task.initialize(new NewContext(settings));
    task.start(settings);
    return task;
  }

  private void answer(HttpExchange call) throws IOException {
    try (call) {
      String path = call.getRequestURI().getPath();
      String query = String.valueOf(call.getRequestURI().getQuery());
      String name = query.contains("name=B") || query.contains("collections=B") ? "B" : "A";
      switch (path) {
        case "/api/v0/changes/info" -> send(call, 200, "{\"feedId\":\"f\",\"newestSeq\":9}");
        case "/api/v0/collections" -> {
          if (toFail.remove(name)) {
            send(call, 503, "{\"error\":\"busy\",\"code\":\"BUSY\"}");
          } else {
            send(call, 200, "[" + description(query) + "]");
          }
        }
        case "/api/v0/changes/snapshot" -> snapshot(call, name, query);
        default ->
            send(call, 200, "{\"feedId\":\"f\",\"results\":[],\"lastSeq\":9,\"newestSeq\":9}");
      }
    }
  }

  private void snapshot(HttpExchange call, String name, String query) throws IOException {
    if (areTogether && !isMet()) {
      send(call, 500, "alone");
      return;
    }
    String letter = name.toLowerCase(java.util.Locale.ROOT);
    var lines = new StringBuilder("{\"feedId\":\"f\",\"seq\":9}\n");
    for (int n = 1; n <= 2; n++) {
      if (!query.contains("afterDocID=" + letter + n)) {
        lines.append(line(name, letter + n));
      } else {
        lines.setLength(0);
        lines.append("{\"feedId\":\"f\",\"seq\":9}\n");
      }
      if (toCutOff.remove(name)) {
        send(call, 200, lines + line(name, letter + "2").substring(0, 20));
        return;
      }
    }
    send(call, 200, lines + "{\"count\":2}\n");
  }

  private boolean isMet() {
    try {
      together.await(120, TimeUnit.SECONDS);
      return true;
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      return false;
    }
  }

  private static String line(String name, String docId) {
    return "{\"seq\":1,\"docID\":\""
        + docId
        + "\",\"collection\":\""
        + name
        + "\",\"schemaVersionID\":\"v"
        + name
        + "\",\"after\":{\"n\":1}}\n";
  }

  private static String description(String query) {
    String name = query.contains("=B") || query.contains("=vB") ? "B" : "A";
    return "{\"version\":{\"CollectionID\":\"c"
        + name
        + "\"},\"schema\":{\"Name\":\""
        + name
        + "\",\"VersionID\":\"v"
        + name
        + "\",\"Fields\":[{\"Name\":\"n\",\"Kind\":4}]}}";
  }

  private static void send(HttpExchange call, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    call.sendResponseHeaders(status, body.length);
    call.getResponseBody().write(body);
  }

  /** Of a connector that has never run. */
  private record NewContext(Map<String, String> configs) implements SourceTaskContext {
    @Override
    public OffsetStorageReader offsetStorageReader() {
      return new NoOffsets();
    }

    @Override
    public PluginMetrics pluginMetrics() {
      throw new NoSuchMethodError("as in a worker of Kafka 4.0");
    }
  }

  private static final class NoOffsets implements OffsetStorageReader {
    @Override
    public <T> Map<String, Object> offset(Map<String, T> partition) {
      return null;
    }

    @Override
    public <T> Map<Map<String, T>, Map<String, Object>> offsets(
        Collection<Map<String, T>> partitions) {
      return Map.of();
    }
  }
}
