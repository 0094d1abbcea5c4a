package io.defradb.http.endpoint.changes;

import com.fasterxml.jackson.databind.JsonNode;
import io.defradb.db.feed.Feed;
import io.defradb.db.feed.FeedGone;
import io.defradb.document.JsonWriter;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.http.Answer;
import io.defradb.http.Endpoint;
import io.defradb.http.HttpCall;
import io.defradb.http.JsonBody;
import io.defradb.http.Method;
import io.defradb.http.Operation;
import java.time.Duration;

/** Registers a consumer, or moves it. */
final class PutConsumerEndpoint implements Endpoint {
  private static final String BODY_SCHEMA =
      """
      {"type":"object","required":["feedId","seq","ttlSeconds"],"properties":{
      "feedId":{"type":"string"},"seq":{"type":"integer"},"ttlSeconds":{"type":"integer"}}}""";

  private final Feed feed;

  PutConsumerEndpoint(Feed feed) {
    this.feed = feed;
  }

  @Override
  public Operation operation() {
    return Operation.api(
            Method.PUT,
            "/changes/consumers/{name}",
            "changes_consumer_put",
            "changes",
            "Hold images back from an entry on, for a time")
        .pathParameter("name", "name of the consumer", "{\"type\":\"string\"}")
        .jsonBody(BODY_SCHEMA)
        .codedErrors();
  }

  @Override
  public Answer answer(HttpCall call) {
    JsonNode body = call.bodyJson();
    try {
      var consumer =
          feed.register(
              call.pathParameter("name"),
              JsonBody.text(body, "feedId"),
              number(body, "seq"),
              Duration.ofSeconds(number(body, "ttlSeconds")));
      return Answer.json(ListConsumersEndpoint.write(new JsonWriter(), consumer));
    } catch (FeedGone gone) {
      return GoneAnswer.of(gone);
    }
  }

  private static long number(JsonNode body, String name) {
    JsonNode member = JsonBody.member(body, name);
    if (!member.canConvertToLong() || !member.isIntegralNumber()) {
      throw new DefraException(
          ErrorCode.INVALID_ARGUMENT, "member must be an integer", "Name", name);
    }
    return member.longValue();
  }
}
