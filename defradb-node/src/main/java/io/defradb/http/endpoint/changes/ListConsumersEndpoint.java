package io.defradb.http.endpoint.changes;

import io.defradb.db.feed.Consumer;
import io.defradb.db.feed.Feed;
import io.defradb.document.JsonWriter;
import io.defradb.http.Answer;
import io.defradb.http.Endpoint;
import io.defradb.http.HttpCall;
import io.defradb.http.Method;
import io.defradb.http.Operation;

/** Lists the consumers that hold images back. */
final class ListConsumersEndpoint implements Endpoint {
  private static final String ANSWER_SCHEMA =
      """
      {"type":"array","items":{"type":"object","properties":{"name":{"type":"string"},
      "seq":{"type":"integer"},"expires":{"type":"string"}}}}""";

  private final Feed feed;

  ListConsumersEndpoint(Feed feed) {
    this.feed = feed;
  }

  @Override
  public Operation operation() {
    return Operation.api(
            Method.GET,
            "/changes/consumers",
            "changes_consumers",
            "changes",
            "List the consumers that hold images back")
        .answers(ANSWER_SCHEMA)
        .codedErrors();
  }

  @Override
  public Answer answer(HttpCall call) {
    var json = new JsonWriter().beginArray();
    for (Consumer consumer : feed.consumers()) {
      write(json, consumer);
    }
    return Answer.json(json.endArray());
  }

  static JsonWriter write(JsonWriter json, Consumer consumer) {
    json.beginObject().name("name").string(consumer.name());
    json.name("seq").number(consumer.seq());
    return json.name("expires").string(consumer.expires().toString()).endObject();
  }
}
