package io.defradb.system.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * kill -9 of node, broker and worker, as processes, while records flow through all of them: topic,
 * sink, node, source, topic. {@code -Dkill.runs=20} kills as often; the table of what happened, run
 * by run, and a line that sums it up are left in {@code target/kills.md}.
 */
class KillSystemTest {
  private static final int RUNS = Integer.getInteger("kill.runs", 3);
  private static final long SEED = Long.getLong("kill.seed", 7);
  private static final Duration PATIENCE = Duration.ofSeconds(180);
  private static final int RECORDS_A_RUN = 200;
  private static final int KEYS = 40;

  /** What is killed, in turn. */
  private enum Victim {
    NODE,
    WORKER,
    BROKER
  }

  private final Random random = new Random(SEED);
  private final long begin = System.nanoTime();
  private String result = "FAILED before the first kill";
  private final Map<String, Long> visits = new TreeMap<>();
  private final StringBuilder log =
      new StringBuilder("| run | killed | records | documents | visits |\n|---|---|---|---|---|\n");

  @Test
  @Timeout(value = 1, unit = TimeUnit.HOURS) // some twenty kills take longer than the default
  void givenProcessesKilledAtRandomMoments_whenAllAreBack_thenNothingIsLostAndNothingDoubled()
      throws Exception {
    House house = House.open();
    String collection = House.fresh("Killed");
    house.node.addSchema(
        "type " + collection + " { id: String visits: Int @crdt(type: pncounter) }");
    String source = house.addSource(collection, Map.of("snapshot.mode", "no_data"));
    long since = awaitFirstEvent(house, collection, source);
    try (Topic topic = Topic.create(house, House.fresh("killed"), 2)) {
      house.addSink(
          topic.name(), collection, Map.of("crdt.increment.fields", "visits", "tasks.max", "2"));
      for (int run = 1; run <= RUNS; run++) {
        Victim victim = Victim.values()[run % Victim.values().length];
        result = "FAILED in run " + run + " (" + victim + ")";
        write(topic, RECORDS_A_RUN / 2);
        awaitSome(house, collection, random.nextInt(KEYS / 2));
        kill(house, victim);
        write(topic, RECORDS_A_RUN / 2);
        revive(house, victim);
        boolean isMended = victim == Victim.BROKER && HangingTransactions.end(house);
        topic.flush();
        awaitVisits(house, collection);
        log.append(
            String.format(
                "| %d | %s%s | %d | %d | %d |%n",
                run,
                victim,
                isMended ? ", markers skipped" : "",
                run * RECORDS_A_RUN,
                visits.size(),
                counted()));
        keep();
      }
      result = "FAILED in the final check of the events";
      checkEvents(house, collection, source, since);
    } finally {
      log.append("\nResult: ").append(result).append(", seed ").append(SEED).append(".\n");
      keep();
    }
  }

  /** Kept after each run: whoever loses patience has what there is. */
  private void keep() throws IOException {
    Files.createDirectories(Path.of("target"));
    Files.writeString(Path.of("target/kills.md"), log);
  }

  private long counted() {
    return visits.values().stream().mapToLong(Long::longValue).sum();
  }

  private void write(Topic topic, int records) {
    for (int i = 0; i < records; i++) {
      String id = "k" + random.nextInt(KEYS);
      long amount = 1L + random.nextInt(3);
      topic.write("{\"id\":\"" + id + "\"}", "{\"visits\":" + amount + "}");
      visits.merge(id, amount, Long::sum);
    }
  }

  private static void kill(House house, Victim victim) throws Exception {
    switch (victim) {
      case NODE -> house.killNode();
      case WORKER -> house.killWorker();
      case BROKER -> house.killBroker();
    }
  }

  private static void revive(House house, Victim victim) throws Exception {
    switch (victim) {
      case NODE -> house.startNode();
      case WORKER -> house.startWorker();
      case BROKER -> house.startBroker();
    }
  }

  /** Kills come while records flow: some of the run's have arrived, and not all. */
  private static void awaitSome(House house, String collection, int documents) {
    await().atMost(PATIENCE).until(() -> counted(house, collection).size() >= documents);
  }

  private void awaitVisits(House house, String collection) throws Exception {
    try {
      await()
          .atMost(PATIENCE)
          .ignoreExceptions()
          .untilAsserted(() -> assertThat(counted(house, collection)).isEqualTo(visits));
    } catch (ConditionTimeoutException e) {
      throw new AssertionError("nothing comes any more; see " + Standstill.of(house), e);
    }
  }

  private static Map<String, Long> counted(House house, String collection)
      throws InterruptedException {
    Map<String, Long> counted = new TreeMap<>();
    JsonNode rows =
        house.node.graphql("{ " + collection + " { id visits } }", Map.of()).path(collection);
    for (JsonNode row : rows) {
      assertThat(counted.put(row.path("id").asText(), row.path("visits").asLong()))
          .as("a second document of one key")
          .isNull();
    }
    return counted;
  }

  /**
   * The source begins somewhere in the feed: documents of its own are made until one is an event.
   *
   * @return the number of that document's entry; everything from there on has to be an event
   */
  private long awaitFirstEvent(House house, String collection, String source) throws Exception {
    try (Topic events = new Topic(house, source + "." + collection)) {
      for (int mark = 0; ; mark++) {
        house.node.graphql(
            "mutation { create_" + collection + "(input: {id: \"m" + mark + "\"}) { _docID } }",
            Map.of());
        visits.put("m" + mark, 0L);
        List<Topic.Event> seen = events.read(1, Duration.ofSeconds(5));
        if (!seen.isEmpty()) {
          return seen.get(0).value().at("/source/seq").asLong();
        }
      }
    }
  }

  /** Each document's change of each transaction is one event, and the last one shows the sum. */
  private void checkEvents(House house, String collection, String source, long since)
      throws Exception {
    final long total = counted();
    List<Long> feed = feed(house, collection, since - 1);
    assertThat(feed).isNotEmpty();
    try (Topic events = new Topic(house, source + "." + collection)) {
      List<Topic.Event> all = events.read(feed.size(), PATIENCE);
      Set<Long> seqs = new HashSet<>();
      Map<String, Long> last = new HashMap<>();
      for (Topic.Event event : all) {
        assertThat(seqs.add(event.value().at("/source/seq").asLong())).as("doubled").isTrue();
        last.put(event.after().path("id").asText(), event.after().path("visits").asLong());
      }
      assertThat(seqs).containsExactlyInAnyOrderElementsOf(feed);
      last.values().removeIf(sum -> sum == 0);
      visits.values().removeIf(sum -> sum == 0);
      assertThat(last).isEqualTo(visits);
    }
    result =
        String.format(
            "%d kills, %d records, %d visits counted, %d events each once: lost 0, doubled 0; %d s",
            RUNS,
            RUNS * RECORDS_A_RUN,
            total,
            feed.size(),
            Duration.ofNanos(System.nanoTime() - begin).toSeconds());
  }

  private static List<Long> feed(House house, String collection, long after)
      throws InterruptedException {
    List<Long> seqs = new ArrayList<>();
    long since = after;
    while (true) {
      JsonNode page =
          house.node.call(
              "GET",
              "/changes?limit=5000&fold=document&collections=" + collection + "&since=" + since,
              null);
      page.path("results").forEach(entry -> seqs.add(entry.path("seq").asLong()));
      since = page.path("lastSeq").asLong();
      if (page.path("results").isEmpty()) {
        return seqs;
      }
    }
  }
}
