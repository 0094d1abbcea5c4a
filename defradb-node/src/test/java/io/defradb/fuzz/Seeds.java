package io.defradb.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.defradb.testing.Vectors;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/** Inputs that others are made from. */
final class Seeds {
  /** Types with every kind of field; those of the recorded requests. */
  static final String SDL =
      "type U { name: String age: Int pts: Float ok: Boolean born: DateTime tags: [String] nums: [Int!]"
          + " nn: [Int] meta: JSON bin: Blob f32: Float32 c: Int @crdt(type: pcounter)"
          + " pn: Float @crdt(type: pncounter) posts: [P] }"
          + " type P { title: String likes: Int @index rating: Float author: U }"
          + " type B @branchable { x: String }"
          + " type Node { name: String parent: Node @primary @relation(name: \"tree\")"
          + " child: Node @relation(name: \"tree\") }";

  static final List<String> GRAPHQL_WORDS =
      List.of(
          "{",
          "}",
          "(",
          ")",
          "[",
          "]",
          ":",
          "$",
          "!",
          "@",
          "=",
          "...",
          "\"",
          "\"\"\"",
          "#",
          ",",
          "\n",
          "-",
          "query",
          "mutation",
          "subscription",
          "fragment F on U ",
          "...F",
          "...on U",
          "U",
          "P",
          "posts",
          "author",
          "name",
          "age",
          "meta",
          "tags",
          "nums",
          "likes",
          "filter:",
          "order:",
          "groupBy:",
          "limit:",
          "offset:",
          "docID:",
          "cid:",
          "showDeleted:",
          "input:",
          "field:",
          "_eq:",
          "_ne:",
          "_gt:",
          "_ge:",
          "_lt:",
          "_le:",
          "_in:",
          "_nin:",
          "_like:",
          "_ilike:",
          "_any:",
          "_all:",
          "_none:",
          "_and:",
          "_or:",
          "_not:",
          "_alias:",
          "_group",
          "_count",
          "_sum",
          "_avg",
          "_min",
          "_max",
          "_similarity",
          "_version",
          "_docID",
          "_deleted",
          "__typename",
          "__schema",
          "commits",
          "latestCommits",
          "null",
          "true",
          "1",
          "-1",
          "1.5",
          "9007199254740993",
          "9223372036854775808",
          "1e400",
          "\"%n\"",
          "ASC",
          "DESC",
          "{name: ASC}",
          "@explain(type: execute)",
          "create_U",
          "update_U",
          "upsert_U",
          "delete_U",
          "\\u",
          "\\ud83d",
          "\ufeff",
          "\u0000");

  static final List<String> SDL_WORDS =
      List.of(
          "type",
          "interface",
          "A",
          "B",
          "{",
          "}",
          "[",
          "]",
          "!",
          ":",
          "@",
          "(",
          ")",
          "\"",
          "\"\"\"",
          "#",
          "Int",
          "String",
          "Float32",
          "JSON",
          "DateTime",
          "Blob",
          "ID",
          "Boolean",
          "@index",
          "@primary",
          "@default(int: 1)",
          "@relation(name: \"r\")",
          "@crdt(type: pcounter)",
          "includes:",
          "unique:",
          "direction:",
          "@branchable",
          "@materialized(if: false)",
          "@constraints(size: 2)",
          "\\u00",
          "null",
          "-0",
          "1e",
          "é",
          "\r\n",
          "|",
          "&",
          "...",
          "$",
          "=",
          "extend",
          "union",
          "enum",
          "input",
          "scalar",
          "directive",
          "schema",
          "\ud83d\ude00",
          "99999999999999999999");

  private static final int BLOCKS_MAX = 60;
  private static final ObjectMapper JSON = new ObjectMapper();

  private Seeds() {}

  static List<byte[]> texts(String... texts) {
    return Arrays.stream(texts).map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
  }

  /** Requests recorded from the reference. */
  static List<byte[]> requests() {
    var requests = new ArrayList<byte[]>();
    try (InputStream recorded =
        Objects.requireNonNull(
            Seeds.class.getResourceAsStream("/golden/query/dql-responses.json"))) {
      for (JsonNode entry : JSON.readTree(recorded)) {
        requests.add(entry.get("request").asText().getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return requests;
  }

  /** Blocks made by the reference. */
  static List<byte[]> blocks() {
    var blocks = new ArrayList<byte[]>();
    for (JsonNode sequence : Vectors.cases("blocks")) {
      for (JsonNode block : sequence.get("blocks")) {
        if (blocks.size() < BLOCKS_MAX) {
          blocks.add(HexFormat.of().parseHex(block.get("raw").asText()));
        }
      }
    }
    return blocks;
  }
}
