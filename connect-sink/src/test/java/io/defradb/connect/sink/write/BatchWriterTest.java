package io.defradb.connect.sink.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.defradb.connect.sink.dlq.DeadLetters;
import io.defradb.connect.sink.mapping.Operation;
import io.defradb.connect.sink.metrics.SinkMetrics;
import io.defradb.connect.sink.write.IngestRoute.PeerProgress;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BatchWriterTest {
  private final List<Long> reported = new ArrayList<>();
  private final SinkMetrics metrics =
      new SinkMetrics("writer-test", 0, InstantSource.system(), System::nanoTime);
  private final DeadLetters deadLetters =
      new DeadLetters(
          (record, error) -> {
            reported.add(record.originalKafkaOffset());
            return CompletableFuture.completedFuture(null);
          },
          metrics);

  @AfterEach
  void close() {
    metrics.close();
  }

  @Test
  void givenPoisonThatTheNodeNames_whenWritten_thenOnlyItIsReportedAndTheRestIsStored()
      throws InterruptedException {
    var node = new FakeNode(Set.of(3L, 7L), true);
    writer(node, 0).write(batch(0, 10));
    assertThat(reported).containsExactly(3L, 7L);
    assertThat(node.stored).containsExactly(0L, 1L, 2L, 4L, 5L, 6L, 8L, 9L);
    assertThat(node.position).isEqualTo(9);
    assertThat(metrics.getTotalNumberOfDeadLetters()).isEqualTo(2);
    assertThat(metrics.getTotalNumberOfRefusedBatches()).isPositive();
  }

  @Test
  void givenPoisonThatTheNodeDoesNotName_whenWritten_thenHalvingFindsIt()
      throws InterruptedException {
    var node = new FakeNode(Set.of(0L, 6L, 12L), false);
    writer(node, 0).write(batch(0, 13));
    assertThat(reported).containsExactly(0L, 6L, 12L);
    assertThat(node.stored).hasSize(10).doesNotContain(0L, 6L, 12L);
    assertThat(node.position).isEqualTo(12);
  }

  @Test
  void givenANodeThatComesBack_whenWritten_thenTheBatchIsStoredOnce() throws InterruptedException {
    var node = new FakeNode(Set.of(), true);
    node.failuresLeft = 3;
    writer(node, 3).write(batch(5, 8));
    assertThat(node.stored).containsExactly(5L, 6L, 7L);
    assertThat(metrics.getTotalNumberOfRetries()).isEqualTo(3);
  }

  @Test
  void givenANodeThatStaysAway_whenTheRetriesAreUsedUp_thenTheTaskFails() {
    var node = new FakeNode(Set.of(), true);
    node.failuresLeft = 100;
    assertThatThrownBy(() -> writer(node, 2).write(batch(0, 2)))
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("after 3 tries");
    assertThat(node.stored).isEmpty();
  }

  @Test
  void givenWritesOfOneDocument_whenReduced_thenOneIsSent_andACulpritIsStillFoundAlone()
      throws InterruptedException {
    var node = new FakeNode(Set.of(), true);
    reducing(node).write(batch(0, 4));
    assertThat(node.stored).containsExactly(3L);
    assertThat(node.position).isEqualTo(3);
    var refusing = new FakeNode(Set.of(6L), true);
    reducing(refusing).write(batch(4, 7));
    assertThat(reported).containsExactly(6L);
    assertThat(refusing.stored).containsExactly(4L, 5L);
    assertThat(refusing.position).isEqualTo(6);
  }

  private BatchWriter reducing(IngestRoute route) {
    return new BatchWriter(
        route, deadLetters, peers(route, 0), true, 0, Duration.ofMillis(1), metrics);
  }

  private BatchWriter writer(IngestRoute route, int retries) {
    return new BatchWriter(
        route, deadLetters, peers(route, 0), false, retries, Duration.ofMillis(1), metrics);
  }

  private static PeerWait peers(IngestRoute route, int count) {
    return new PeerWait(route, count, Duration.ofMillis(1));
  }

  @Test
  void givenPeersToWaitFor_whenTooFewHaveTheBatch_thenItIsNotDoneUntilEnoughOfThemHave()
      throws InterruptedException {
    var node = new FakeNode(Set.of(), true);
    node.answers.add(List.of());
    node.answers.add(List.of(new PeerProgress(7, 9, 0), new PeerProgress(9, 9, 1)));
    node.answers.add(List.of(new PeerProgress(9, 9, 0), new PeerProgress(9, 9, 1)));
    new PeerWait(node, 1, Duration.ofMinutes(1)).await();
    assertThat(node.answers).isEmpty();
    node.answers.add(List.of(new PeerProgress(3, 9, 0)));
    node.answers.add(List.of(new PeerProgress(4, 9, 0)));
    assertThatThrownBy(() -> new PeerWait(node, 1, Duration.ZERO).await())
        .isInstanceOf(DefraException.class)
        .hasMessageContaining("fewer peers than wanted");
  }

  private static Batch batch(long from, long to) {
    List<Pending> records = new ArrayList<>();
    for (long offset = from; offset < to; offset++) {
      var json = JsonNodeFactory.instance;
      var operation =
          new Operation(
              "upsert",
              "T",
              null,
              json.objectNode(),
              json.objectNode(),
              json.objectNode(),
              json.objectNode());
      records.add(new Pending(new SinkRecord("t", 0, null, null, null, null, offset), operation));
    }
    return new Batch(
        "s", new Partition("t", 0), TopicIdentity.UNKNOWN, false, "key", records, to - 1, "", "f");
  }

  /** Stores what is not poison; a batch with poison is refused whole, as the ingest route does. */
  private static final class FakeNode implements IngestRoute {
    private final Deque<List<PeerProgress>> answers = new ArrayDeque<>();
    private final Set<Long> poison;
    private final boolean isNaming;
    private final TreeSet<Long> stored = new TreeSet<>();
    private long position = -1;
    private int failuresLeft;

    FakeNode(Set<Long> poison, boolean isNaming) {
      this.poison = poison;
      this.isNaming = isNaming;
    }

    @Override
    public Answer send(Batch batch) {
      if (failuresLeft-- > 0) {
        throw new DefraException(ErrorCode.UNAVAILABLE, "no answer from the node");
      }
      List<Pending> operations =
          batch.records().stream().filter(pending -> pending.operation() != null).toList();
      for (int i = 0; i < operations.size(); i++) {
        if (poison.contains(operations.get(i).offset())) {
          throw new RefusedBatch(
              ErrorCode.INVALID_VALUE, "poison", isNaming ? i : RefusedBatch.UNNAMED);
        }
      }
      operations.forEach(pending -> assertThat(stored.add(pending.offset())).isTrue());
      position = batch.upTo();
      return new Answer("f", position, List.of());
    }

    @Override
    public List<PeerProgress> peers() {
      return answers.remove();
    }

    @Override
    public Positions positions(String sink) {
      return new Positions("f", List.of());
    }

    @Override
    public void forget(String sink, Partition partition) {
      position = -1;
    }

    @Override
    public JsonNode schema(String collection) {
      throw new DefraException(ErrorCode.COLLECTION_NOT_FOUND, "collection not found");
    }

    @Override
    public void addSchema(String sdl) {
      throw new UnsupportedOperationException(sdl);
    }

    @Override
    public void patchSchema(String patch) {
      throw new UnsupportedOperationException(patch);
    }

    @Override
    public void close() {}
  }
}
