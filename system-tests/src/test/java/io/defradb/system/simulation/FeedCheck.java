package io.defradb.system.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Whether the source's events are the node's feed: each document's change of each transaction once
 * and in order, but for what lies before the snapshot, where a document that lived is read once.
 */
final class FeedCheck {
  private static final String BORN = "born in this transaction";

  private final long seed;
  private final Map<String, List<JsonNode>> feed = new TreeMap<>();
  private final Map<String, List<Struct>> events = new TreeMap<>();
  private long firstStreamed = Long.MAX_VALUE;
  private long snapshotSeq;

  FeedCheck(long seed, List<JsonNode> entries, List<SourceRecord> records) {
    this.seed = seed;
    for (JsonNode entry : entries) {
      fold(feed.computeIfAbsent(entry.path("docID").asText(), id -> new ArrayList<>()), entry);
    }
    for (SourceRecord record : records) {
      Struct event = (Struct) record.value();
      events.computeIfAbsent(docId(event), id -> new ArrayList<>()).add(event);
      if (isRead(event)) {
        snapshotSeq = Math.max(snapshotSeq, snapshotSeq(record));
      } else {
        firstStreamed = Math.min(firstStreamed, seq(event));
      }
    }
  }

  /**
   * Of one transaction's entries the last of each life counts; a document that is made and deleted
   * in it is both.
   */
  private static void fold(List<JsonNode> entries, JsonNode entry) {
    int lastAt = entries.size() - 1;
    JsonNode last = entries.isEmpty() ? null : entries.get(lastAt);
    if (entry.path("op").asText().equals("create")) {
      ((ObjectNode) entry).put(BORN, true);
    }
    if (last == null
        || !transaction(last).equals(transaction(entry))
        || isDelete(last)
        || isDelete(entry) && last.has(BORN)) {
      entries.add(entry);
      return;
    }
    if (last.has(BORN)) {
      ((ObjectNode) entry).put(BORN, true);
    }
    entries.set(lastAt, entry);
  }

  void check() {
    assertThat(feed.keySet()).as("seed %d", seed).containsAll(events.keySet());
    feed.forEach((docId, entries) -> check(docId, entries, events.getOrDefault(docId, List.of())));
  }

  private void check(String docId, List<JsonNode> entries, List<Struct> seen) {
    String about = "seed " + seed + ", " + docId + " among " + described();
    List<Struct> streamed = seen.stream().filter(event -> !isRead(event)).toList();
    List<Long> streamedSeqs = streamed.stream().map(FeedCheck::seq).toList();
    List<Long> seqs = entries.stream().map(entry -> entry.path("seq").asLong()).toList();
    int before = seqs.size() - streamedSeqs.size();
    assertThat(before).as(about).isNotNegative();
    assertThat(streamedSeqs).as(about).isEqualTo(seqs.subList(before, seqs.size()));
    List<Struct> read = seen.subList(0, seen.size() - streamed.size());
    assertThat(read).as(about).allMatch(FeedCheck::isRead);
    if (before == 0) {
      assertThat(read).as(about).isEmpty();
      return;
    }
    JsonNode last = entries.get(before - 1);
    long lastSeq = last.path("seq").asLong();
    if (isDelete(last)) {
      assertThat(read).as(about).isEmpty();
      assertThat(lastSeq).as(about).isLessThanOrEqualTo(Math.max(firstStreamed - 1, snapshotSeq));
    } else {
      assertThat(read).as("%s: %s", about, last).hasSize(1);
      assertThat(seq(read.get(0))).as(about).isEqualTo(lastSeq);
    }
  }

  /** The moment of the latest part of the snapshot, as the offset of one of its records says. */
  private static long snapshotSeq(SourceRecord record) {
    long latest = 0;
    for (String part : String.valueOf(record.sourceOffset().get("parts")).split(",")) {
      latest = Math.max(latest, Long.parseLong(part.substring(0, part.indexOf(':'))));
    }
    return latest;
  }

  private static JsonNode transaction(JsonNode entry) {
    return entry.path("txn").path("id");
  }

  private static boolean isDelete(JsonNode entry) {
    return entry.path("op").asText().equals("delete");
  }

  private static boolean isRead(Struct event) {
    return event.getString("op").equals("r");
  }

  private static String docId(Struct event) {
    return event.getStruct("source").getString("docID");
  }

  private static long seq(Struct event) {
    return event.getStruct("source").getInt64("seq");
  }

  private List<String> described() {
    return events.values().stream()
        .flatMap(List::stream)
        .sorted(Comparator.comparing(FeedCheck::seq))
        .map(event -> event.getString("op") + seq(event) + " " + docId(event))
        .toList();
  }
}
