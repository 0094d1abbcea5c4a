package io.defradb.http.endpoint.changes;

import io.defradb.db.feed.Feed;
import io.defradb.http.Answer;
import io.defradb.http.Endpoint;
import io.defradb.http.HttpCall;
import io.defradb.http.Method;
import io.defradb.http.Operation;

/** Lets go of what a consumer holds back. */
final class DeleteConsumerEndpoint implements Endpoint {
  private final Feed feed;

  DeleteConsumerEndpoint(Feed feed) {
    this.feed = feed;
  }

  @Override
  public Operation operation() {
    return Operation.api(
            Method.DELETE,
            "/changes/consumers/{name}",
            "changes_consumer_delete",
            "changes",
            "Let go of what a consumer holds back")
        .pathParameter("name", "name of the consumer", "{\"type\":\"string\"}")
        .codedErrors();
  }

  @Override
  public Answer answer(HttpCall call) {
    feed.unregister(call.pathParameter("name"));
    return Answer.empty();
  }
}
