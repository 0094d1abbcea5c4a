package io.defradb.http.endpoint.changes;

import io.defradb.db.feed.Feed;
import io.defradb.db.feed.FeedGone;
import io.defradb.db.feed.FeedQuery;
import io.defradb.db.feed.FeedReader;
import io.defradb.db.feed.Shard;
import io.defradb.db.log.LogEntry;
import io.defradb.http.Answer;
import io.defradb.http.Endpoint;
import io.defradb.http.HttpCall;
import io.defradb.http.Method;
import io.defradb.http.Operation;
import java.time.InstantSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the change feed from any place, as a page or as a stream. */
final class ReadChangesEndpoint implements Endpoint {
  static final String LINES = "application/x-ndjson";

  private static final String STRING = "{\"type\":\"string\"}";
  private static final int LIMIT = 1000;
  private static final int LIMIT_MAX = 10_000;
  private static final int NAMES_MAX = 1000;
  private static final long HEARTBEAT_MILLIS = 5000;
  private static final long TIMEOUT_MILLIS = 30_000;

  private static final String ANSWER_SCHEMA =
      """
      {"type":"object","properties":{"feedId":{"type":"string"},"lastSeq":{"type":"integer"},
      "newestSeq":{"type":"integer"},
      "results":{"type":"array","items":{"type":"object","properties":{
      "seq":{"type":"integer"},"txn":{"type":"object","properties":{"id":{"type":"integer"},
      "index":{"type":"integer"},"size":{"type":"integer"}}},"kind":{"type":"string"},
      "op":{"type":"string"},"cid":{"type":"string"},"docID":{"type":"string"},
      "collection":{"type":"string"},"collectionID":{"type":"string"},
      "schemaVersionID":{"type":"string"},"fields":{"type":"array","items":{"type":"string"}},
      "height":{"type":"integer"},"heads":{"type":"array","items":{"type":"string"}},
      "time":{"type":"string"},"origin":{"type":"object"},"signer":{"type":"string"},
      "deleted":{"type":"boolean"},"waitingForKey":{"type":"boolean"},"winner":{"type":"string"},
      "conflicts":{"type":"array","items":{"type":"object"}},
      "before":{"type":"object","nullable":true},"after":{"type":"object","nullable":true},
      "delta":{"type":"object"},"block":{"type":"string"},"signature":{"type":"string"},
      "fieldBlocks":{"type":"array","items":{"type":"object"}}}}}}}""";

  private final Feed feed;
  private final InstantSource clock;

  private enum Mode {
    NORMAL,
    LONGPOLL,
    CONTINUOUS,
    EVENTSOURCE
  }

  private enum Fold {
    NONE,
    DOCUMENT
  }

  /** Where the caller wants to begin, of which feed. */
  private record Place(@Nullable String feedId, Feed.Start start) {}

  ReadChangesEndpoint(Feed feed, InstantSource clock) {
    this.feed = feed;
    this.clock = clock;
  }

  @Override
  public Operation operation() {
    return Operation.api(
            Method.GET, "/changes", "changes", "changes", "Read the commits of this node in order")
        .query("feedId", "the feed that since belongs to; another one is answered 410", STRING)
        .query(
            "since", "entries after this number; 0: all that is kept; now: only new ones", STRING)
        .query("limit", "about so many entries, 1 to 10000", "{\"type\":\"integer\"}")
        .query("feed", "normal, longpoll, continuous or eventsource", STRING)
        .query(
            "heartbeat", "milliseconds of silence before a sign of life", "{\"type\":\"integer\"}")
        .query("timeout", "milliseconds that longpoll waits", "{\"type\":\"integer\"}")
        .query("collections", "names, separated by commas", STRING)
        .query("docIDs", "separated by commas, at most 1000", STRING)
        .query("shard", "i/n: documents with crc32(docID) mod n = i", STRING)
        .query("kinds", "any of document, collection, schema, access", STRING)
        .query("origin", "any of local, remote, ingest", STRING)
        .query("fold", "document: one entry for each document and transaction; for pages", STRING)
        .query(
            "include", "any of before, after, delta, block, fields, signature, conflicts", STRING)
        .answers(ANSWER_SCHEMA)
        .codedErrors();
  }

  @Override
  public Answer answer(HttpCall call) {
    var parameters = new Parameters(call);
    Mode mode = Parameters.constant("feed", parameters.text("feed", "normal"), Mode.class);
    Place place = place(parameters, mode);
    long limit = parameters.number("limit", LIMIT, 1, LIMIT_MAX);
    long heartbeatMillis = parameters.number("heartbeat", HEARTBEAT_MILLIS, 100, 60_000);
    long timeoutMillis = parameters.number("timeout", TIMEOUT_MILLIS, 0, 600_000);
    try {
      FeedQuery query = query(parameters, fold(parameters, mode) == Fold.DOCUMENT);
      FeedReader reader = feed.open(place.feedId, place.start, query, call.asker());
      return switch (mode) {
        case NORMAL -> Answer.stream(Operation.JSON, new PageStream(feed, reader, limit, 0, clock));
        case LONGPOLL ->
            Answer.stream(
                Operation.JSON, new PageStream(feed, reader, limit, timeoutMillis, clock));
        case CONTINUOUS ->
            Answer.stream(
                LINES, new LiveStream(feed, reader, Framing.LINES, heartbeatMillis, clock));
        case EVENTSOURCE ->
            Answer.events(
                new LiveStream(feed, reader, Framing.EVENTS, heartbeatMillis, clock), false);
      };
    } catch (FeedGone gone) {
      return GoneAnswer.of(gone);
    }
  }

  /** A reconnecting event source names its place in a header, which then goes first. */
  private static Place place(Parameters parameters, Mode mode) {
    String last = parameters.call().header("Last-Event-ID");
    if (mode == Mode.EVENTSOURCE && last != null && !last.isEmpty()) {
      int colon = last.indexOf(':');
      return new Place(last.substring(0, Math.max(colon, 0)), start(last.substring(colon + 1)));
    }
    return new Place(parameters.text("feedId"), start(parameters.text("since", "0")));
  }

  private static Feed.Start start(String since) {
    if (since.equals("now")) {
      return new Feed.Start.Now();
    }
    try {
      long seq = Long.parseLong(since);
      if (seq >= 0) {
        return new Feed.Start.After(seq);
      }
    } catch (NumberFormatException e) {
      throw Parameters.invalid("since", since, "a number or now");
    }
    throw Parameters.invalid("since", since, "a number or now");
  }

  /** A stream is resumed within a transaction, where what was put together would come apart. */
  private static Fold fold(Parameters parameters, Mode mode) {
    String text = parameters.text("fold", "none");
    Fold fold = Parameters.constant("fold", text, Fold.class);
    if (fold != Fold.NONE && mode != Mode.NORMAL && mode != Mode.LONGPOLL) {
      throw Parameters.invalid("fold", text, "none where feed is a stream");
    }
    return fold;
  }

  private static FeedQuery query(Parameters parameters, boolean isFolded) {
    return new FeedQuery(
        Set.copyOf(parameters.list("collections", NAMES_MAX)),
        Set.copyOf(parameters.list("docIDs", NAMES_MAX)),
        Shard.parse(parameters.text("shard", "0/1")),
        parameters.constants("kinds", LogEntry.Kind.class, Set.of(LogEntry.Kind.DOCUMENT)),
        parameters.constants("origin", FeedQuery.OriginKind.class, Set.of()),
        parameters.constants("include", FeedQuery.Part.class, Set.of()),
        isFolded);
  }
}
