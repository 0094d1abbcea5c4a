package io.defradb.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Entries of the feed in order, whole transactions, and how far this reader has now read. */
public record ChangePage(String feedId, List<JsonNode> entries, long lastSeq) {

  static ChangePage parse(JsonNode answer) {
    List<JsonNode> entries = new ArrayList<>(answer.path("results").size());
    answer.path("results").forEach(entries::add);
    return new ChangePage(answer.path("feedId").asText(), entries, answer.path("lastSeq").asLong());
  }
}
