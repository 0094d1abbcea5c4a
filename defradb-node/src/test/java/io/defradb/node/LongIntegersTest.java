package io.defradb.node;

import static io.defradb.node.TestNodes.ask;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.defradb.client.Change;
import io.defradb.client.ChangeQuery;
import io.defradb.client.ClientSettings;
import io.defradb.client.DefraClient;
import io.defradb.client.SnapshotQuery;
import io.defradb.client.SnapshotStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Integers that no double holds survive every way in and every way out. The command line's: {@code
 * docs/reference/cli.md} and {@code examples/schema}, which are typed by tests.
 */
class LongIntegersTest {
  private static final long ODD = 9007199254740993L;
  private static final List<Long> NUMBERS = List.of(ODD, Long.MAX_VALUE, Long.MIN_VALUE, -ODD);
  private static final String SDL = "type T { way: String i: Int @index l: [Int!] j: JSON }";

  @TempDir Path root;
  private DefraNode node;
  private DefraClient client;

  @BeforeEach
  void start() throws Exception {
    node = DefraNode.start(TestNodes.inMemory(root));
    client = client(node);
    client.addSchema(SDL);
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private static DefraClient client(DefraNode node) {
    return new DefraClient(
        ClientSettings.anonymous("http://127.0.0.1:" + node.httpAddress().getPort()));
  }

  private void rest(String method, String path, String body) throws Exception {
    assertThat(ask(node, method, "/api/v0" + path, body).statusCode()).as(body).isEqualTo(200);
  }

  /** Everything there is: by which way it came, and its number. */
  private static List<String> all(DefraClient client) throws Exception {
    var found = new ArrayList<String>();
    JsonNode rows = client.graphql("{ T(order: {way: ASC}) { way i l } }", Map.of()).get("T");
    for (JsonNode row : rows) {
      assertThat(row.get("i").isIntegralNumber()).isTrue();
      found.add(row.get("way").asText() + " " + row.get("i").longValue() + " " + row.get("l"));
    }
    return found;
  }

  private void writeEveryWay(long number) throws Exception {
    client.graphql(
        "mutation { create_T(input: {way: \"a\", i: %s, l: [%s]}) { i } }"
            .formatted(number, number),
        Map.of());
    client.graphql(
        "mutation($i: Int, $l: [Int!]) { create_T(input: {way: \"b\", i: $i, l: $l}) { i } }",
        Map.of("i", number, "l", List.of(number)));
    client.graphql(
        "mutation($t: [TMutationInputArg!]) { create_T(input: $t) { i } }",
        Map.of("t", Map.of("way", "c", "i", number, "l", List.of(number))));
    rest("POST", "/collections/T", "{\"way\":\"d\",\"i\":%s,\"l\":[%s]}".formatted(number, number));
    rest("POST", "/collections/T", "{\"way\":\"e\"}");
    rest(
        "PATCH",
        "/collections/T",
        "{\"filter\":{\"way\":{\"_eq\":\"e\"}},\"updater\":\"{\\\"i\\\":%s,\\\"l\\\":[%s]}\"}"
            .formatted(number, number));
    String batch =
        ("{\"position\":{\"sink\":\"s\",\"clusterId\":\"\",\"topic\":\"t\",\"topicId\":\"\","
                + "\"partition\":0},\"operations\":[{\"op\":\"upsert\",\"collection\":\"T\","
                + "\"offset\":1,\"key\":{\"way\":\"f\"},\"document\":{\"i\":%s,\"l\":[%s]}}]}")
            .formatted(number, number);
    client.ingest(batch.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void givenANumber_whenWrittenEveryWay_thenItIsReadAndFoundAsItWas() throws Exception {
    for (long number : NUMBERS) {
      stop();
      start();
      writeEveryWay(number);
      String value = " " + number + " [" + number + "]";
      assertThat(all(client))
          .containsExactly(
              "a" + value, "b" + value, "c" + value, "d" + value, "e" + value, "f" + value);
      JsonNode found =
          client.graphql(
              ("query($i: Int) { eq: T(filter: {i: {_eq: %s}}) { way } in: T(filter: {i: {_in: [$i]}})"
                      + " { way } any: T(filter: {l: {_any: {_eq: $i}}}) { way }"
                      + " near: T(filter: {i: {_ne: $i}}) { way } _max(T: {field: i})"
                      + " T(groupBy: [i]) { i } }")
                  .formatted(number),
              Map.of("i", number));
      for (String alias : List.of("eq", "in", "any")) {
        assertThat(found.get(alias)).as(alias).hasSize(6);
      }
      assertThat(found.get("near")).isEmpty();
      assertThat(found.get("_max").longValue()).isEqualTo(number);
      assertThat(found.get("T")).hasSize(1);
      assertThat(found.at("/T/0/i").longValue()).isEqualTo(number);
    }
  }

  @Test
  void givenNeighboursThatADoubleConfuses_whenIndexedComparedAndOrdered_thenTheyAreTwo()
      throws Exception {
    client.addSchema(
        "type Once { i: Int @index(unique: true) } type Plain { i: Int } "
            + "type Down @index(includes: [{field: \"i\", direction: DESC}]) { i: Int }");
    for (String type : List.of("Once", "Plain", "Down")) {
      for (long number = ODD + 1; number >= ODD - 1; number--) {
        rest("POST", "/collections/" + type, "{\"i\":" + number + "}");
      }
      JsonNode found =
          client.graphql(
              ("{ gt: TYPE(filter: {i: {_gt: %1$s}}) { i } ge: TYPE(filter: {i: {_ge: %1$s}}) { i }"
                      + " le: TYPE(filter: {i: {_le: %1$s}}) { i } eq: TYPE(filter: {i: {_eq: %1$s}})"
                      + " { i } all: TYPE(order: {i: ASC}) { i } _sum(TYPE: {field: i, filter: {i:"
                      + " {_eq: %1$s}}}) groups: TYPE(groupBy: [i]) { i } }")
                  .formatted(ODD)
                  .replace("TYPE", type),
              Map.of());
      assertThat(found.get("gt")).as(type).hasSize(1);
      assertThat(found.get("ge")).as(type).hasSize(2);
      assertThat(found.get("le")).as(type).hasSize(2);
      assertThat(found.at("/eq/0/i").longValue()).as(type).isEqualTo(ODD);
      assertThat(found.get("eq")).as(type).hasSize(1);
      assertThat(found.get("groups")).as(type).hasSize(3);
      assertThat(found.get("all").findValues("i"))
          .as(type)
          .extracting(JsonNode::longValue)
          .containsExactly(ODD - 1, ODD, ODD + 1);
      assertThat(found.get("_sum").longValue()).as(type).isEqualTo(ODD);
    }
  }

  @Test
  void givenANumber_whenSentOutEveryWay_thenItIsTheSame() throws Exception {
    try (var events = new EventReader(node, "subscription { T { i } }")) {
      rest("POST", "/collections/T", "{\"way\":\"x\",\"i\":%s}".formatted(ODD));
      assertThat(events.next()).isEqualTo("{\"data\":{\"T\":[{\"i\":" + ODD + "}]}}");
    }
    JsonNode row = client.graphql("{ T { _docID _version { cid } } }", Map.of()).get("T").get(0);
    String docId = row.get("_docID").asText();
    assertThat(ask(node, "GET", "/api/v0/collections/T/" + docId, "").body())
        .contains("\"i\":" + ODD + ",");
    String past = row.at("/_version/0/cid").asText();
    assertThat(client.graphql("{ T(cid: \"" + past + "\") { i } }", Map.of()).toString())
        .isEqualTo("{\"T\":[{\"i\":" + ODD + "}]}");

    var query =
        new ChangeQuery(
            "",
            0,
            10,
            Duration.ZERO,
            List.of("T"),
            0,
            1,
            Set.of(),
            Set.of(),
            Set.of("document"),
            false,
            Set.of("after"));
    assertThat(client.changes(query, LongIntegersTest::number).entries())
        .extracting(Change::after)
        .containsExactly(ODD);
    try (SnapshotStream<Long> snapshot =
        client.snapshot(
            new SnapshotQuery(List.of("T"), 0, 1, "", "", 0), LongIntegersTest::number)) {
      assertThat(snapshot.next().after()).isEqualTo(ODD);
    }
  }

  private static Long number(String version, JsonParser json) throws IOException {
    long number = 0;
    while (json.nextToken() != JsonToken.END_OBJECT) {
      boolean isIt = "i".equals(json.currentName());
      json.nextToken();
      if (isIt) {
        number = json.getLongValue();
      }
    }
    return number;
  }

  @Test
  void givenABackup_whenRestoredOnAnotherNode_thenEveryNumberIsTheSame() throws Exception {
    writeEveryWay(ODD);
    Path file = root.resolve("backup.json");
    rest("POST", "/backup/export", "{\"filepath\":\"" + file + "\"}");
    assertThat(new ObjectMapper().readTree(Files.readString(file)).get("T"))
        .allSatisfy(row -> assertThat(row.get("i").longValue()).isEqualTo(ODD));
    DefraNode other = DefraNode.start(TestNodes.inMemory(root.resolve("other")));
    try {
      client(other).addSchema(SDL);
      assertThat(
              ask(other, "POST", "/api/v0/backup/import", "{\"filepath\":\"" + file + "\"}")
                  .statusCode())
          .isEqualTo(200);
      assertThat(all(client(other))).isEqualTo(all(client));
    } finally {
      other.close();
    }
  }
}
