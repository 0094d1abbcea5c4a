package io.defradb.db.merge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.db.MergeOutcome;
import io.defradb.db.audit.StoreAudit;
import io.defradb.db.write.WriteRandom;
import io.defradb.multiformats.Bytes;
import io.defradb.multiformats.Cid;
import io.defradb.testing.Vectors;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the reference's commits give here, in every order of delivery that is affordable. */
class MergeVectorsTest {
  private static final int EVENTS_FOR_ALL_ORDERS = 5;
  private static final int SAMPLES = 60;

  static Stream<JsonNode> orders() {
    return Vectors.cases("merges").stream()
        .filter(golden -> golden.get("kind").asText().equals("orders"));
  }

  static Stream<JsonNode> missing() {
    return Vectors.cases("merges").stream()
        .filter(golden -> golden.get("kind").asText().equals("missing"));
  }

  @ParameterizedTest
  @MethodSource("orders")
  void givenAnyOrderAndRepetition_whenMerged_thenStateAndHeadsAreTheSame(JsonNode golden) {
    Map<Cid, Bytes> blocks = blocks(golden, "");
    int number = 0;
    for (List<Integer> order : orders(golden.get("events").size())) {
      Replica replica = replica(golden);
      for (int index : order) {
        deliver(replica, golden.get("events").get(index), blocks);
      }
      assertThat(replica.state())
          .as("%s in order %s", golden.get("name"), order)
          .isEqualTo(state(golden.get("expectedState")));
      assertThat(replica.heads())
          .as("%s in order %s", golden.get("name"), order)
          .isEqualTo(heads(golden.get("expectedHeads")));
      if (number++ % 10 == 0 && !golden.get("name").asText().equals("receiver lacks field")) {
        StoreAudit.run(replica.store(), replica.database());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("missing")
  void givenAMissingBlock_whenItComesLater_thenNothingWasAppliedBeforeAndAllIsAfter(
      JsonNode golden) {
    Replica replica = replica(golden);
    Cid absent = Cid.fromText(golden.get("absent").asText());
    Map<Cid, Bytes> blocks = blocks(golden, golden.get("absent").asText());
    JsonNode event = golden.get("events").get(0);
    MergeOutcome outcome =
        replica.merge(
            event.get("collection").asText(), Cid.fromText(event.get("cid").asText()), blocks);
    assertThat(outcome).isInstanceOf(MergeOutcome.MissingBlocks.class);
    assertThat(((MergeOutcome.MissingBlocks) outcome).blocks()).contains(absent);
    assertThat(replica.state()).isEqualTo(state(golden.get("stateWithout")));
    assertThat(replica.heads()).isEqualTo(heads(golden.get("headsWithout")));

    deliver(replica, event, blocks(golden, ""));
    assertThat(replica.state()).isEqualTo(state(golden.get("expectedState")));
    assertThat(replica.heads()).isEqualTo(heads(golden.get("expectedHeads")));
  }

  private static Replica replica(JsonNode golden) {
    var replica = new Replica(golden.get("sdl").asText(), WriteRandom.of(new Random(1)), null);
    for (JsonNode block : golden.get("blocks")) {
      if (block.get("kind").asText().equals("encryption")) {
        replica.keepKey(Bytes.hex(block.get("raw").asText()));
      }
    }
    return replica;
  }

  private static void deliver(Replica replica, JsonNode event, Map<Cid, Bytes> blocks) {
    Cid cid = Cid.fromText(event.get("cid").asText());
    MergeOutcome outcome = replica.merge(event.get("collection").asText(), cid, blocks);
    assertThat(outcome).isInstanceOf(MergeOutcome.Applied.class);
    assertThat(((MergeOutcome.Applied) outcome).isComplete()).isTrue();
  }

  private static Map<Cid, Bytes> blocks(JsonNode golden, String absent) {
    Map<Cid, Bytes> blocks = new HashMap<>();
    for (JsonNode block : golden.get("blocks")) {
      boolean isSent =
          !block.get("kind").asText().equals("encryption")
              && !block.get("cid").asText().equals(absent);
      if (isSent) {
        blocks.put(Cid.fromText(block.get("cid").asText()), Bytes.hex(block.get("raw").asText()));
      }
    }
    return blocks;
  }

  static Map<String, Set<JsonNode>> state(JsonNode expected) {
    Map<String, Set<JsonNode>> state = new TreeMap<>();
    expected
        .properties()
        .forEach(
            collection -> {
              Set<JsonNode> documents = new HashSet<>();
              collection
                  .getValue()
                  .forEach(
                      document ->
                          documents.add(
                              Replica.parsed(
                                  document.toString().getBytes(StandardCharsets.UTF_8))));
              state.put(collection.getKey(), documents);
            });
    return state;
  }

  static Set<String> heads(JsonNode expected) {
    Set<String> heads = new TreeSet<>();
    for (JsonNode head : expected) {
      heads.add(
          Replica.describe(
              head.get("docID").asText(),
              head.get("kind").asText(),
              head.get("field").asText(),
              head.get("cid").asText(),
              head.get("height").asLong()));
    }
    return heads;
  }

  /** Each order followed by all events once more, in another order. */
  private static List<List<Integer>> orders(int events) {
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < events; i++) {
      all.add(i);
    }
    List<List<Integer>> orders = new ArrayList<>();
    var random = new Random(events);
    if (events <= EVENTS_FOR_ALL_ORDERS) {
      permute(all, 0, orders);
    } else {
      for (int i = 0; i < SAMPLES; i++) {
        List<Integer> sample = new ArrayList<>(all);
        Collections.shuffle(sample, random);
        orders.add(sample);
      }
    }
    for (List<Integer> order : orders) {
      List<Integer> again = new ArrayList<>(all);
      Collections.shuffle(again, random);
      order.addAll(again);
    }
    return orders;
  }

  private static void permute(List<Integer> items, int from, List<List<Integer>> found) {
    if (from == items.size()) {
      found.add(new ArrayList<>(items));
      return;
    }
    for (int i = from; i < items.size(); i++) {
      Collections.swap(items, from, i);
      permute(items, from + 1, found);
      Collections.swap(items, from, i);
    }
  }
}
