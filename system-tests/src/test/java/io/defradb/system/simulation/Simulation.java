package io.defradb.system.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.client.DefraClient;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * One run: a topic of random records, a sink of two tasks, a source of one task behind it. At the
 * end the documents must equal what the topic means, counters included; the source's events must be
 * the node's feed, each document's changes once and in order; the dead letters must be the poison.
 */
final class Simulation {
  /** What one run did, for the log. */
  record Report(
      long seed,
      int records,
      int documents,
      int deadLetters,
      int events,
      int restarts,
      int faults) {}

  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final int PARTITIONS = 3;

  private final long seed;
  private final String collection;
  private final RestartingNode node;
  private final Random random;
  private final Set<String> deadLetters = new ConcurrentSkipListSet<>();
  private int restarts;

  Simulation(long seed, RestartingNode node) {
    this.seed = seed;
    this.collection = "S" + seed;
    this.node = node;
    this.random = new Random(seed);
  }

  Report run() throws Exception {
    addCollection();
    var topic = new SimulatedTopic("topic" + seed, PARTITIONS);
    int records = 60 + random.nextInt(140);
    try (var network = new FlakyNetwork(node.url(), seed, 5 + random.nextInt(25))) {
      List<SinkMember> sinks = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        sinks.add(new SinkMember(topic, sinkSettings(network), deadLetters, random));
      }
      var source = new SourceMember(sourceSettings(network), random, 10);
      try {
        drive(topic, records, sinks, source, network);
        return check(topic, source, network);
      } finally {
        sinks.forEach(SinkMember::stop);
        source.stop();
      }
    }
  }

  private void drive(
      SimulatedTopic topic,
      int records,
      List<SinkMember> sinks,
      SourceMember source,
      FlakyNetwork network)
      throws InterruptedException {
    int written = 0;
    int changedAt = random.nextInt(records);
    rebalance(sinks);
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (written < records || !topic.isConsumed()) {
      if (System.nanoTime() > end) {
        throw standstill(source, network)
            .tell("records written", written + " of " + records)
            .error("not all records were taken");
      }
      int burst = written < records ? random.nextInt(20) : 0;
      for (int i = 0; i < burst && written < records; i++) {
        topic.write(Records.next(random, written++ > changedAt));
      }
      disturb(sinks, network, written < records);
      for (SinkMember sink : sinks) {
        sink.turn();
        if (random.nextInt(4) == 0) {
          sink.commit();
        }
      }
      if (random.nextInt(3) == 0) {
        source.turn();
      }
      if (written == records) {
        network.heal();
        source.spare();
      }
    }
    long newest = newestSeq();
    while (source.reachedSeq() < newest) {
      if (System.nanoTime() > end) {
        throw standstill(source, network).error("the source stays behind " + newest);
      }
      source.turn();
    }
  }

  private Standstill standstill(SourceMember source, FlakyNetwork network) {
    return new Standstill(seed)
        .tell("requests", network.counts())
        .tell("the source's stored offsets", source.offsets())
        .tell("its last event", source.lastEvent())
        .tell("the node's feed", feedInfo());
  }

  private Object feedInfo() {
    try {
      return node.ask(DefraClient::changesInfo);
    } catch (RuntimeException e) {
      return e; // a node that hangs is no reason not to tell the rest
    }
  }

  private void disturb(List<SinkMember> sinks, FlakyNetwork network, boolean isBusy) {
    int what = random.nextInt(100);
    if (what < 4) {
      rebalance(sinks);
    } else if (what < 8) {
      restarts++;
      Set<Integer> mine = Set.of(0, 1, 2);
      sinks.get(1).assign(Set.of());
      sinks.get(0).kill(mine);
    } else if (what < 12 && isBusy) {
      network.cut(true);
    } else if (what < 30) {
      network.cut(false);
    }
  }

  private void rebalance(List<SinkMember> sinks) {
    int first = random.nextInt(PARTITIONS + 1);
    Set<Integer> left = new ConcurrentSkipListSet<>();
    Set<Integer> right = new ConcurrentSkipListSet<>();
    for (int i = 0; i < PARTITIONS; i++) {
      (i < first ? left : right).add(i);
    }
    sinks.get(0).assign(Set.of());
    sinks.get(1).assign(Set.of());
    sinks.get(0).assign(left);
    sinks.get(1).assign(right);
  }

  private Report check(SimulatedTopic topic, SourceMember source, FlakyNetwork network) {
    var oracle = new Oracle(topic);
    assertThat(documents()).as("documents of seed %d", seed).isEqualTo(oracle.rows());
    assertThat(deadLetters).as("dead letters of seed %d", seed).isEqualTo(oracle.poison());
    List<SourceRecord> events =
        source.committed().stream()
            .filter(event -> event.value() != null && !event.topic().startsWith("__"))
            .toList();
    new FeedCheck(seed, entries(), events).check();
    assertThat(table(events)).as("events' rows of seed %d", seed).isEqualTo(oracle.rows());
    int faults =
        network.counts().entrySet().stream()
            .filter(count -> count.getKey() != FlakyNetwork.Fault.NONE)
            .mapToInt(Map.Entry::getValue)
            .sum();
    return new Report(
        seed,
        (int) topicSize(topic),
        oracle.rows().size(),
        deadLetters.size(),
        events.size(),
        restarts + source.kills(),
        faults);
  }

  private static long topicSize(SimulatedTopic topic) {
    long size = 0;
    for (int i = 0; i < topic.partitions(); i++) {
      size += topic.entries(i).size();
    }
    return size;
  }

  private static Map<String, Oracle.Row> table(List<SourceRecord> events) {
    Map<String, Struct> live = new HashMap<>();
    for (SourceRecord event : events) {
      Struct value = (Struct) event.value();
      String docId = value.getStruct("source").getString("docID");
      if (value.getString("op").equals("d")) {
        live.remove(docId);
      } else {
        live.put(docId, value.getStruct("after"));
      }
    }
    Map<String, Oracle.Row> rows = new TreeMap<>();
    live.values()
        .forEach(
            after ->
                assertThat(
                        rows.put(
                            after.getString("id"),
                            new Oracle.Row(
                                after.getString("name"), after.getInt64("visits"), extra(after))))
                    .isNull());
    return rows;
  }

  private static @Nullable String extra(Struct after) {
    return after.schema().field("extra") == null ? null : after.getString("extra");
  }

  private Map<String, Oracle.Row> documents() {
    boolean hasExtra =
        node.ask(client -> client.collection(collection))
            .path("schema")
            .toString()
            .contains("\"extra\"");
    String query = "{ " + collection + " { id name visits " + (hasExtra ? "extra" : "") + " } }";
    JsonNode found = node.ask(client -> client.graphql(query, Map.of())).path(collection);
    Map<String, Oracle.Row> rows = new TreeMap<>();
    for (JsonNode row : found) {
      String extra = row.hasNonNull("extra") ? row.path("extra").asText() : null;
      assertThat(
              rows.put(
                  row.path("id").asText(),
                  new Oracle.Row(row.path("name").asText(), row.path("visits").asLong(), extra)))
          .as("a second document of one key")
          .isNull();
    }
    return rows;
  }

  private List<JsonNode> entries() {
    List<JsonNode> entries = new ArrayList<>();
    long since = 0;
    while (true) {
      String path = "/changes?limit=5000&collections=" + collection + "&since=" + since;
      JsonNode page = node.ask(client -> client.call("GET", path, null));
      page.path("results").forEach(entries::add);
      since = page.path("lastSeq").asLong();
      if (page.path("results").isEmpty()) {
        return entries;
      }
    }
  }

  private long newestSeq() {
    List<JsonNode> entries = entries();
    return entries.isEmpty() ? 0 : entries.get(entries.size() - 1).path("seq").asLong();
  }

  private void addCollection() {
    String sdl =
        "type "
            + collection
            + " { id: String name: String age: Int visits: Int @crdt(type: pncounter)"
            + " generation: Int }";
    node.ask(
        client -> {
          try {
            return client.collection(collection); // an earlier try may have done it unheard
          } catch (DefraException e) {
            if (e.code() != ErrorCode.COLLECTION_NOT_FOUND) {
              throw e;
            }
            return client.addSchema(sdl);
          }
        });
  }

  private Map<String, String> sinkSettings(FlakyNetwork network) {
    return Map.of(
        "name", "sink" + seed,
        "defradb.url", network.url(),
        "collection.name.format", collection,
        "delete.enabled", "true",
        "schema.evolution", "basic",
        "crdt.increment.fields", "visits",
        "batch.size", String.valueOf(1 + random.nextInt(30)),
        "flush.max.retries", "-1",
        "flush.retry.delay.ms", "1",
        "defradb.request.timeout.ms", "10000");
  }

  private Map<String, String> sourceSettings(FlakyNetwork network) {
    return Map.of(
        "name",
        "source" + seed,
        "defradb.url",
        network.url(),
        "topic.prefix",
        "out" + seed,
        "collection.include.list",
        collection,
        "poll.interval.ms",
        "5",
        "heartbeat.interval.ms", // what the snapshot shows already is no event, and moves no offset
        "20",
        "max.batch.size",
        String.valueOf(1 + random.nextInt(100)),
        "defradb.request.timeout.ms",
        "10000");
  }
}
