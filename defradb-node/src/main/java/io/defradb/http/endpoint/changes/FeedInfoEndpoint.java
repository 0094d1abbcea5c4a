package io.defradb.http.endpoint.changes;

import io.defradb.db.feed.Feed;
import io.defradb.db.feed.FeedInfo;
import io.defradb.document.JsonWriter;
import io.defradb.http.Answer;
import io.defradb.http.Endpoint;
import io.defradb.http.HttpCall;
import io.defradb.http.Method;
import io.defradb.http.Operation;

/** Says what the feed has. */
final class FeedInfoEndpoint implements Endpoint {
  private static final String ANSWER_SCHEMA =
      """
      {"type":"object","properties":{"feedId":{"type":"string"},"oldestSeq":{"type":"integer"},
      "newestSeq":{"type":"integer"},"oldestImageSeq":{"type":"integer"},
      "time":{"type":"string"}}}""";

  private final Feed feed;

  FeedInfoEndpoint(Feed feed) {
    this.feed = feed;
  }

  @Override
  public Operation operation() {
    return Operation.api(
            Method.GET,
            "/changes/info",
            "changes_info",
            "changes",
            "Say which entries the feed has")
        .answers(ANSWER_SCHEMA)
        .codedErrors();
  }

  @Override
  public Answer answer(HttpCall call) {
    FeedInfo info = feed.info();
    var json = new JsonWriter().beginObject();
    json.name("feedId").string(info.feedId()).name("oldestSeq").number(info.oldestSeq());
    json.name("newestSeq").number(info.newestSeq());
    json.name("oldestImageSeq").number(info.oldestImageSeq());
    return Answer.json(json.name("time").string(info.time().toString()).endObject());
  }
}
