package io.defradb.streams;

import static io.defradb.streams.fixture.Events.event;
import static io.defradb.streams.fixture.Events.json;
import static io.defradb.streams.fixture.Events.key;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.defradb.streams.fixture.Author;
import io.defradb.streams.fixture.Author.Commit;
import io.defradb.streams.fixture.TestBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The examples as a user runs them: the command line, a process of its own, a real broker. */
class ExamplesBrokerTest {
  private static final Author ANN = new Author(1);
  private static final Author BOB = new Author(2);

  private final List<Process> running = new ArrayList<>();
  private @Nullable TestBroker broker;

  @BeforeEach
  void open() throws IOException {
    broker = TestBroker.shared();
  }

  @AfterEach
  void stop() {
    running.forEach(Process::destroyForcibly);
  }

  @Test
  void conflictAuditTellsWhoOverwroteWhom() throws Exception {
    String commits = broker.topic("commits", 3);
    String conflicts = broker.topic("conflicts", 1);
    String pairs = broker.topic("pairs", 1);
    Commit first = ANN.create("bae-1", "a");
    Commit late = BOB.update("late", first);
    Commit other = ANN.create("bae-2", "a");
    send(commits, first, ANN.delete(first), late);
    send(commits, other, ANN.update("zoe", other), BOB.update("bob", other));
    example("conflict-audit", commits, "--conflicts", conflicts, "--pairs", pairs);
    Map<String, JsonNode> told = broker.awaitTable(conflicts, rows -> rows.size() == 2);
    assertThat(told.get("bae-1").at("/loser/commit").asText()).isEqualTo(late.cid().toString());
    assertThat(told.get("bae-2").at("/loser/author").asText()).isEqualTo(BOB.did());
    String pair = ANN.did() + ">" + BOB.did();
    var counts =
        broker.awaitTable(pairs, rows -> rows.containsKey(pair) && count(rows.get(pair)) == 2);
    assertThat(count(counts.get(pair))).isEqualTo(2);
  }

  @Test
  void commitVerifierRaisesAlarms() throws Exception {
    String commits = broker.topic("commits", 3);
    String alarms = broker.topic("alarms", 1);
    Commit whole = ANN.create("bae-whole", "a");
    Commit lost = ANN.create("bae-gap", "a");
    Commit gap = ANN.update("b", lost);
    Commit dead = ANN.create("bae-dead", "a");
    send(commits, whole, gap, BOB.create("bae-stranger", "a"));
    send(commits, dead, ANN.delete(dead), ANN.update("late, told as alive", dead));
    example(
        "commit-verifier", commits, "--alarms", alarms, "--wait", "PT3S", "--signer", ANN.did());
    Map<String, JsonNode> told = broker.awaitTable(alarms, rows -> rows.size() == 3);
    assertThat(told).hasSize(3);
    assertThat(told.get("bae-gap").path("alarm").asText()).isEqualTo("missing");
    assertThat(told.get("bae-gap").path("cid").asText()).isEqualTo(lost.cid().toString());
    assertThat(told.get("bae-stranger").path("alarm").asText()).isEqualTo("forged");
    assertThat(told.get("bae-dead").path("alarm").asText()).isEqualTo("revived");
  }

  @Test
  void enrichmentWritesWhatIsMissing() throws Exception {
    String events = broker.topic("orders", 3);
    String customers = broker.topic("customers", 3);
    String updates = broker.topic("updates", 1);
    broker.send(events, key("bae-dead"), event("c", 1, "{'customer':7}"));
    broker.send(events, key("bae-dead"), event("d", 2, "{'customer':7}"));
    broker.send(events, key("bae-dead"), event("u", 3, "{'customer':7}")); // late
    broker.send(events, key("bae-1"), event("c", 4, "{'customer':7}"));
    example(
        "enrichment",
        events,
        "--reference",
        customers,
        "--on",
        "customer",
        "--copy",
        "name=customerName",
        "--updates",
        updates);
    broker.sendText(customers, "7", json("{'name':'Ann'}"));
    String id = key("bae-1").toString();
    assertThat(broker.awaitTable(updates, rows -> rows.containsKey(id)))
        .isEqualTo(Map.of(id, json("{'customerName':'Ann'}")));
    broker.sendText(customers, "7", json("{'name':'Ann B.'}"));
    JsonNode changed = json("{'customerName':'Ann B.'}");
    assertThat(broker.awaitTable(updates, rows -> changed.equals(rows.get(id))))
        .isEqualTo(Map.of(id, changed));
  }

  @Test
  void materialisationGoesOnOverAPatchAndPutsAsideWhatNobodyCanRead() throws Exception {
    String events = broker.topic("users", 3);
    String rows = broker.topic("rows", 1);
    String dead = broker.topic("dead", 1);
    broker.send(events, key("bae-1"), event("f", "c", 1, 1, "v1", "{'name':'Ann'}"));
    broker.send(events, key("bae-2"), event("f", "c", 2, 2, "v1", "{'name':'Bob'}"));
    broker.send(events, key("bae-2"), event("f", "d", 3, 3, "v1", "{'name':'Bob'}"));
    broker.send(events, key("bae-3"), TextNode.valueOf("no event"));
    broker.send(events, key("bae-2"), event("f", "u", 4, 4, "v1", "{'name':'late'}"));
    broker.send(events, key("bae-4"), event("f", "c", 5, 5, "v2", "{'fullName':'Cid','age':4}"));
    example(
        "materialisation",
        events,
        "--rows",
        rows,
        "--column",
        "fullName:string=name",
        "--column",
        "age:int",
        "--setting",
        "group.protocol=streams",
        "--dead-letters",
        dead);
    var found = broker.awaitTable(rows, seen -> seen.size() == 3 && seen.get("bae-2") == null);
    assertThat(found.get("bae-1")).isEqualTo(json("{'fullName':'Ann','age':null,'_version':'v1'}"));
    assertThat(found).containsEntry("bae-2", null);
    assertThat(found.get("bae-4")).isEqualTo(json("{'fullName':'Cid','age':4,'_version':'v2'}"));
    var letters = broker.awaitTable(dead, seen -> !seen.isEmpty());
    assertThat(letters.values()).containsExactly(TextNode.valueOf("no event"));
    assertThat(shown(rows))
        .contains("bae-1\t" + json("{'fullName':'Ann','age':null,'_version':'v1'}"), "bae-2\t");
  }

  private static int count(JsonNode pair) {
    return pair.path("conflicts").asInt();
  }

  private void send(String topic, Commit... commits) throws Exception {
    for (Commit commit : commits) {
      broker.send(topic, commit.key(), commit.row());
    }
  }

  /** What a user reads who asks for the topic's records. */
  private List<String> shown(String topic) throws Exception {
    Process show = broker.example("show", "--topic", topic, "--once");
    running.add(show);
    assertThat(show.waitFor(180, TimeUnit.SECONDS)).isTrue();
    assertThat(show.exitValue()).isZero();
    return Files.readAllLines(broker.folder().resolve("example-show.log"));
  }

  private void example(String name, String topic, String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(name, "--topic", topic));
    arguments.addAll(Arrays.asList(more));
    arguments.addAll(List.of("--application-id", topic + "-" + name));
    arguments.addAll(List.of("--state-dir", broker.folder().resolve("state-" + name).toString()));
    running.add(broker.example(arguments.toArray(String[]::new)));
  }
}
