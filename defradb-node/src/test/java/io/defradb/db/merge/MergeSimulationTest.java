package io.defradb.db.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.defradb.db.DocumentWriter.EncryptionChoice;
import io.defradb.db.MergeOutcome;
import io.defradb.db.Transaction;
import io.defradb.db.audit.StoreAudit;
import io.defradb.db.write.WriteRandom;
import io.defradb.document.DocId;
import io.defradb.error.DefraException;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Several databases that write and exchange commits in random order, with losses, doubles, missing
 * blocks and kills. After quiet all are equal. More: {@code -Dmerge.seeds=1000}; one: {@code
 * -Dmerge.seed=17}.
 */
class MergeSimulationTest {
  private static final String SDL =
      "type User { name: String @index age: Int points: Int @crdt(type: pncounter) weight: Float"
          + " @crdt(type: pncounter) } type Event @branchable { text: String count: Int @crdt(type:"
          + " pcounter) }";
  private static final int NODES = 4;
  private static final int STEPS = 250;

  static LongStream seeds() {
    Long one = Long.getLong("merge.seed");
    return one != null
        ? LongStream.of(one)
        : LongStream.range(0, Integer.getInteger("merge.seeds", 25));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void givenAnyExchange_whenAllIsQuiet_thenEveryDatabaseIsTheSame(long seed) {
    var simulation = new Simulation(seed);
    for (int i = 0; i < STEPS; i++) {
      simulation.step();
    }
    simulation.settle();
    Replica first = simulation.replicas.get(0);
    for (Replica replica : simulation.replicas) {
      assertThat(replica.state()).as("seed %d", seed).isEqualTo(first.state());
      assertThat(replica.heads()).as("seed %d", seed).isEqualTo(first.heads());
      assertThat(blocks(replica)).as("seed %d", seed).isEqualTo(blocks(first));
      StoreAudit.run(replica.store(), replica.database());
    }
    simulation.requireSums(first);
  }

  private static Set<Cid> blocks(Replica replica) {
    Set<Cid> blocks = new TreeSet<>();
    replica.tips().keySet().forEach(tip -> blocks.addAll(replica.below(tip).keySet()));
    return blocks;
  }

  private static final class Simulation {
    private final Random random;
    private final List<Replica> replicas = new ArrayList<>();
    private final List<MergeQueue> queues = new ArrayList<>();
    private final List<Message> messages = new ArrayList<>();
    private final Map<DocId, String> documents = new HashMap<>();
    private final Map<DocId, Long> points = new HashMap<>();
    private long made;

    private record Message(int to, MergeRequest request) {}

    Simulation(long seed) {
      random = new Random(seed);
      for (int i = 0; i < NODES; i++) {
        replicas.add(new Replica(SDL, WriteRandom.of(new Random(seed * NODES + i)), null));
        queues.add(null);
        restart(i);
      }
    }

    private void restart(int index) {
      replicas.get(index).restart();
      queues.set(
          index,
          new MergeQueue(
              replicas.get(index).database(), Runnable::run, InstantSource.system(), 100));
    }

    void step() {
      switch (random.nextInt(10)) {
        case 0, 1 -> write(random.nextInt(NODES));
        case 2 -> change(random.nextInt(NODES));
        case 3 -> {
          if (random.nextInt(4) == 0) {
            restart(random.nextInt(NODES));
          }
        }
        case 4, 5 -> send(random.nextInt(NODES), random.nextInt(NODES));
        case 6 -> fetchMissing(random.nextInt(NODES), random.nextInt(NODES));
        default -> deliver();
      }
    }

    private void write(int index) {
      boolean isEvent = random.nextInt(4) == 0;
      String collection = isEvent ? "Event" : "User";
      // The same content on two nodes is the same document, sometimes by different commits.
      String json =
          isEvent
              ? "{\"text\":\"t" + random.nextInt(6) + "\"}"
              : "{\"name\":\"n"
                  + random.nextInt(12)
                  + "\""
                  + (random.nextBoolean() ? ",\"age\":null}" : "}");
      try {
        documents.put(
            replicas.get(index).create(collection, json, EncryptionChoice.NONE), collection);
      } catch (DefraException e) {
        assertThat(e).hasMessageContaining("already exists");
      }
    }

    private void change(int index) {
      if (documents.isEmpty()) {
        return;
      }
      List<DocId> known = documents.keySet().stream().sorted().toList();
      DocId docId = known.get(random.nextInt(known.size()));
      String collection = documents.get(docId);
      Replica replica = replicas.get(index);
      try {
        if (random.nextInt(15) == 0) {
          replica.delete(collection, docId);
        } else if (collection.equals("Event")) {
          replica.update(collection, docId, "{\"count\":" + random.nextInt(10) + "}");
        } else {
          long amount = random.nextInt(100) - 50L;
          replica.update(
              collection,
              docId,
              "{\"points\":"
                  + amount
                  + ",\"weight\":"
                  + amount / 4.0
                  + (random.nextBoolean() ? ",\"name\":\"u" + random.nextInt(50) + "\"}" : "}"));
          points.merge(docId, amount, Long::sum);
        }
        made++;
      } catch (DefraException e) {
        assertThat(e.getMessage()).containsAnyOf("not found", "deleted");
      }
    }

    /** One of the sender's tips with a random part of what is below it. */
    private void send(int from, int to) {
      Map<Cid, String> tips = replicas.get(from).tips();
      if (tips.isEmpty() || from == to) {
        return;
      }
      Cid tip = List.copyOf(tips.keySet()).get(random.nextInt(tips.size()));
      Map<Cid, Bytes> blocks = new HashMap<>(replicas.get(from).below(tip));
      if (random.nextInt(3) == 0) {
        List<Cid> sorted = blocks.keySet().stream().sorted().toList();
        for (Cid cid : sorted) {
          if (random.nextInt(3) == 0 && !cid.equals(tip)) {
            blocks.remove(cid);
          }
        }
      }
      MergeRequest request = request(from, tips.get(tip), tip, blocks);
      messages.add(new Message(to, request));
      if (random.nextInt(4) == 0) {
        messages.add(new Message(random.nextInt(NODES), request));
      }
    }

    private MergeRequest request(int from, String collection, Cid tip, Map<Cid, Bytes> blocks) {
      try (Transaction transaction = replicas.get(from).database().begin(true)) {
        var delta = transaction.commits().block(tip).orElseThrow().delta();
        DocId docId =
            delta instanceof io.defradb.crdt.Delta.Composite composite ? composite.docId() : null;
        return new MergeRequest(
            Replica.version(transaction, collection).collectionId(),
            docId,
            tip,
            "peer" + from,
            blocks);
      }
    }

    private void deliver() {
      if (!messages.isEmpty()) {
        Message message = messages.remove(random.nextInt(messages.size()));
        if (random.nextInt(10) != 0) {
          submit(message);
        }
      }
    }

    private MergeOutcome submit(Message message) {
      try {
        return queues.get(message.to()).submit(message.request()).join();
      } catch (CompletionException e) {
        throw new AssertionError(e.getCause());
      }
    }

    /** What a node waits for, given by another as far as it has it. */
    private void fetchMissing(int index, int from) {
      for (Want want : queues.get(index).wants()) {
        Map<Cid, Bytes> blocks = new HashMap<>();
        for (Cid cid : want.missing()) {
          Bytes raw = replicas.get(from).raw(cid);
          if (raw != null) {
            blocks.put(cid, raw);
          }
        }
        submit(
            new Message(
                index,
                new MergeRequest(
                    want.collectionId(), want.docId(), want.cid(), want.peerId(), blocks)));
      }
    }

    void settle() {
      while (!messages.isEmpty()) {
        submit(messages.remove(random.nextInt(messages.size())));
      }
      for (int round = 0; round < 3; round++) {
        for (int from = 0; from < NODES; from++) {
          for (int to = 0; to < NODES; to++) {
            int sender = from;
            int receiver = to;
            replicas
                .get(from)
                .tips()
                .forEach(
                    (tip, collection) ->
                        submit(
                            new Message(
                                receiver,
                                request(
                                    sender, collection, tip, replicas.get(sender).below(tip)))));
          }
        }
      }
      assertThat(made).isPositive();
      queues.forEach(
          queue ->
              queue
                  .wants()
                  .forEach(want -> submit(new Message(queues.indexOf(queue), again(want)))));
      queues.forEach(queue -> assertThat(queue.wants()).isEmpty());
    }

    private static MergeRequest again(Want want) {
      return new MergeRequest(
          want.collectionId(), want.docId(), want.cid(), want.peerId(), Map.of());
    }

    /** Every increment that was acknowledged is in the sum, once. */
    void requireSums(Replica replica) {
      replica
          .state()
          .get("User")
          .forEach(
              document -> {
                Long sum = points.get(new DocId(document.get("_docID").asText()));
                if (sum != null) {
                  assertThat(document.get("points").asLong()).isEqualTo(sum);
                  assertThat(document.get("weight").asDouble()).isEqualTo(sum / 4.0);
                }
              });
    }
  }
}
