package io.defradb.connect.source.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.defradb.connect.source.jmx.BeanNames;
import io.defradb.connect.source.metrics.SourceMetrics;
import io.defradb.connect.source.notification.Notifications;
import io.defradb.connect.source.offset.Lane;
import io.defradb.connect.source.offset.LaneOffset;
import io.defradb.connect.source.offset.LaneOffset.Streaming;
import io.defradb.connect.source.offset.SnapshotParts;
import io.defradb.connect.source.record.Changes;
import io.defradb.connect.source.record.CollectionDescription;
import io.defradb.connect.source.record.DocumentChange;
import io.defradb.connect.source.record.EventMapper;
import io.defradb.connect.source.record.RowReader;
import io.defradb.connect.source.record.VersionSchemas;
import io.defradb.connect.source.settings.SourceSettings;
import io.defradb.document.FieldKind;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a node of three documents, as of seq 10, that answers three at a time, chunks of two. */
class IncrementalSnapshotsTest {
  private static final Lane LANE = new Lane("p", "User", 0, 1);

  private HttpServer node;
  private EventMapper mapper;
  private RowReader rows;
  private IncrementalSnapshots snapshots;
  private SourceSettings settings;
  private SourceMetrics metrics;
  private final List<String> steps = new ArrayList<>();

  @BeforeEach
  void start() throws Exception {
    node = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    answer("/api/v0/collections", "[{\"version\":{\"CollectionID\":\"c\"}}]");
    node.createContext(
        "/api/v0/changes/snapshot",
        exchange -> {
          boolean isFirst = !exchange.getRequestURI().getQuery().contains("afterDocID");
          String lines =
              isFirst
                  ? document("bae-1") + document("bae-2") + document("bae-3")
                  : document("bae-3");
          byte[] body =
              ("{\"feedId\":\"f\",\"seq\":10}\n" + lines + "{\"end\":true,\"count\":2}\n")
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    node.start();
    settings =
        SourceSettings.of(
            Map.of(
                "topic.prefix", "p",
                "collection.include.list", "User",
                "defradb.url", "http://127.0.0.1:" + node.getAddress().getPort(),
                "incremental.snapshot.chunk.size", "2"));
    var description = new CollectionDescription("User", "v1", 1, Map.of("n", FieldKind.INT));
    var schemas = new VersionSchemas(settings, id -> description);
    mapper = new EventMapper(settings, 0, "1", Clock.systemUTC(), schemas);
    rows = new RowReader(schemas);
    snapshots = snapshots();
  }

  private IncrementalSnapshots snapshots() {
    Clock clock = Clock.systemUTC();
    var names = new BeanNames("p", 0, Map.of());
    metrics = new SourceMetrics(names, List.of("User"), clock);
    var notifications =
        new Notifications(settings.notifications(), "p", clock, names.of("management", "n"));
    var news = new SnapshotNews(notifications, metrics.snapshot());
    return new IncrementalSnapshots(settings, settings.node().client(clock), mapper, rows, news);
  }

  @AfterEach
  void stop() {
    metrics.close();
    node.stop(0);
  }

  @Test
  void givenAStreamThatIsBehind_whenRead_thenChunksWaitForItAndLaterChangesWin() throws Exception {
    snapshots.begin("1", List.of(LANE), this::note);
    assertThat(snapshots.poll(at(5), this::note)).isEmpty();
    snapshots.observe(List.of(streamed("bae-1", 8), streamed("bae-2", 12)));
    assertThat(docIds(snapshots.poll(at(12), this::note))).containsExactly("bae-1");
    List<SourceRecord> last = snapshots.poll(at(12), this::note);
    assertThat(docIds(last)).containsExactly("bae-3");
    Struct value = (Struct) last.get(0).value();
    assertThat(value.getString("op")).isEqualTo("r");
    assertThat(value.getStruct("source").getString("snapshot")).isEqualTo("incremental");
    assertThat(last.get(0).sourceOffset()).isEqualTo(at(12).get(LANE).toMap());
    assertThat(snapshots.isIdle()).isTrue();
  }

  @Test
  void givenPauseAndStop_whenAsked_thenNothingIsReadAndNothingIsLeft() throws Exception {
    snapshots.begin("1", List.of(LANE), this::note);
    snapshots.pause();
    assertThat(snapshots.poll(at(20), this::note)).isEmpty();
    snapshots.resume();
    assertThat(docIds(snapshots.poll(at(20), this::note))).containsExactly("bae-1", "bae-2");
    snapshots.stop(List.of(LANE), this::note);
    assertThat(snapshots.isIdle()).isTrue();
    assertThat(snapshots.poll(at(20), this::note)).isEmpty();
    snapshots.begin("1", List.of(LANE), this::note);
    assertThat(docIds(snapshots.poll(at(20), this::note))).containsExactly("bae-1", "bae-2");
  }

  @Test
  void givenATaskThatEnds_whenItsOffsetIsResumed_thenTheNextGoesOnAfterTheLastDocument()
      throws Exception {
    snapshots.begin("1", List.of(LANE), this::note);
    List<SourceRecord> first = snapshots.poll(at(20), this::note);
    assertThat(steps).containsExactly("", "bae-2");
    assertThat(first.get(0).sourceOffset()).doesNotContainKey("incremental");
    var stored = (Streaming) LaneOffset.parse(first.get(1).sourceOffset());
    assertThat(stored.again()).isEqualTo("bae-2");
    metrics.close();
    IncrementalSnapshots next = snapshots();
    next.resumeAt(LANE, stored.again());
    assertThat(docIds(next.poll(at(20), this::note))).containsExactly("bae-3");
    assertThat(next.isIdle()).isTrue();
    assertThat(steps).containsExactly("", "bae-2", null);
    assertThat(metrics.snapshot().isSnapshotCompleted()).isTrue();
  }

  private void note(Lane lane, String lastDocId) {
    steps.add(lastDocId);
  }

  private static Map<Lane, Streaming> at(long seq) {
    return Map.of(LANE, new Streaming("f", seq, 0, SnapshotParts.NONE));
  }

  private SourceRecord streamed(String docId, long seq) {
    String entry =
        "{\"seq\":%s,\"op\":\"update\",\"cid\":\"c\",\"docID\":\"%s\",\"collection\":\"User\",\"schemaVersionID\":\"v1\",\"after\":{\"n\":1}}"
            .formatted(seq, docId);
    var change = Changes.parse(entry, rows);
    List<SourceRecord> records = new ArrayList<>();
    Streaming offset = new Streaming("f", seq, 0, SnapshotParts.NONE);
    mapper.map(LANE, "f", new DocumentChange("u", change, change, 1), offset, offset, records);
    return records.get(0);
  }

  private static List<String> docIds(List<SourceRecord> records) {
    return records.stream().map(record -> ((Struct) record.key()).getString("docID")).toList();
  }

  private static String document(String docId) {
    return "{\"collection\":\"User\",\"schemaVersionID\":\"v1\",\"docID\":\""
        + docId
        + "\",\"cid\":\"c\",\"height\":1,\"heads\":[],\"seq\":3,\"document\":{\"n\":1}}\n";
  }

  private void answer(String path, String text) {
    node.createContext(
        path,
        exchange -> {
          byte[] body = text.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
  }
}
