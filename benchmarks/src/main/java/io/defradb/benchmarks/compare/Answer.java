package io.defradb.benchmarks.compare;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What a node said: status and body. */
record Answer(int status, String body) {

  boolean isAnswered() {
    return status != 0;
  }

  /** The node failed inside, or said nothing: nothing to compare with. */
  boolean isBroken() {
    return status == 0 || status >= 500;
  }

  /** Several faults of one request may come in any order. */
  boolean saysTheSameAs(Answer other) {
    if (status != other.status) {
      return false;
    }
    if (body.equals(other.body)) {
      return true;
    }
    JsonNode one = Json.parse(body);
    JsonNode two = Json.parse(other.body);
    return one.equals(two) || (one.has("errors") && messages(one).equals(messages(two)));
  }

  /** An increment that is refused is named by a CID that has a random number in it. */
  private static String comparable(String message) {
    return message.startsWith("error merging delta")
        ? message.replaceAll("Cid: \\w+", "")
        : message;
  }

  private static List<String> messages(JsonNode answer) {
    List<String> messages = new ArrayList<>();
    answer.path("errors").forEach(it -> messages.add(comparable(it.path("message").asText())));
    messages.sort(null);
    return messages;
  }
}
