package io.defradb.http.endpoint.changes;

import io.defradb.db.feed.FeedGone;
import io.defradb.document.JsonWriter;
import io.defradb.http.Answer;

/** What a reader gets whose place is not in this feed: 410 and where it could go on. */
final class GoneAnswer {
  private static final int GONE = 410;

  private GoneAnswer() {}

  static Answer of(FeedGone gone) {
    var json = new JsonWriter().beginObject();
    json.name("error").string(gone.getMessage()).name("code").string(gone.code().name());
    json.name("feedId").string(gone.feedId()).name("oldestSeq").number(gone.oldestSeq());
    return Answer.json(GONE, json.name("newestSeq").number(gone.newestSeq()).endObject());
  }
}
