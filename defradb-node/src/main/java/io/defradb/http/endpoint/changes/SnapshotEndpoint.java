package io.defradb.http.endpoint.changes;

import io.defradb.db.feed.Feed;
import io.defradb.db.feed.FeedSink;
import io.defradb.db.feed.Shard;
import io.defradb.db.feed.SnapshotQuery;
import io.defradb.db.feed.SnapshotReader;
import io.defradb.document.JsonWriter;
import io.defradb.http.Answer;
import io.defradb.http.Endpoint;
import io.defradb.http.HttpCall;
import io.defradb.http.Method;
import io.defradb.http.Operation;
import io.defradb.http.StreamBuffer;
import io.defradb.http.StreamSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Streams the documents of some collections as of one moment. */
final class SnapshotEndpoint implements Endpoint {
  private static final String STRING = "{\"type\":\"string\"}";
  private static final int NAMES_MAX = 1000;

  private static final String LINE_SCHEMA =
      """
      {"type":"object","properties":{"feedId":{"type":"string"},"seq":{"type":"integer"},
      "collection":{"type":"string"},"collectionID":{"type":"string"},
      "schemaVersionID":{"type":"string"},"docID":{"type":"string"},"cid":{"type":"string"},
      "height":{"type":"integer"},"heads":{"type":"array","items":{"type":"string"}},
      "document":{"type":"object"},"end":{"type":"boolean"},"count":{"type":"integer"}}}""";

  private final Feed feed;

  SnapshotEndpoint(Feed feed) {
    this.feed = feed;
  }

  @Override
  public Operation operation() {
    return Operation.api(
            Method.GET,
            "/changes/snapshot",
            "changes_snapshot",
            "changes",
            "Stream documents as of one moment of the feed")
        .query("collections", "names, separated by commas; required", STRING)
        .query("shard", "i/n: documents with crc32(docID) mod n = i", STRING)
        .query("afterDocID", "go on after this document", STRING)
        .query("afterCollectionID", "the collection of that document", STRING)
        .query("limit", "documents at most", "{\"type\":\"integer\"}")
        .answers(ReadChangesEndpoint.LINES, LINE_SCHEMA)
        .codedErrors();
  }

  @Override
  public Answer answer(HttpCall call) {
    var parameters = new Parameters(call);
    List<String> collections = parameters.list("collections", NAMES_MAX);
    if (collections.isEmpty()) {
      throw Parameters.invalid("collections", "", "names, separated by commas");
    }
    var query =
        new SnapshotQuery(
            collections, Shard.parse(parameters.text("shard", "0/1")), after(parameters));
    long limit = parameters.number("limit", Long.MAX_VALUE, 1, Long.MAX_VALUE);
    SnapshotReader reader = feed.snapshot(query, call.asker());
    return Answer.stream(ReadChangesEndpoint.LINES, new DocumentLines(reader, limit));
  }

  private static SnapshotQuery.@Nullable After after(Parameters parameters) {
    String docId = parameters.text("afterDocID");
    String collectionId = parameters.text("afterCollectionID");
    if (docId == null && collectionId == null) {
      return null;
    }
    if (docId == null || collectionId == null) {
      throw Parameters.invalid("afterDocID", "", "given together with afterCollectionID");
    }
    return new SnapshotQuery.After(collectionId, docId);
  }

  /** A first line with the moment, documents, a last line without which it was cut off. */
  private static final class DocumentLines implements StreamSource {
    private final SnapshotReader reader;
    private final long limit;
    private boolean isBegun;

    DocumentLines(SnapshotReader reader, long limit) {
      this.reader = reader;
      this.limit = limit;
    }

    @Override
    public Progress pull(StreamBuffer out) {
      if (!isBegun) {
        isBegun = true;
        var first = new JsonWriter().beginObject();
        first.name("feedId").string(reader.feedId()).name("seq").number(reader.seq());
        out.write(first.endObject()).write("\n");
      }
      boolean hasMore =
          reader.read(
              new FeedSink() {
                @Override
                public void accept(long seq, JsonWriter json) {
                  out.write(json).write("\n");
                }

                @Override
                public boolean isFull() {
                  return out.isFull();
                }
              },
              limit);
      if (hasMore) {
        return Progress.MORE;
      }
      out.write("{\"end\":true,\"count\":" + reader.count() + "}\n");
      return Progress.END;
    }

    @Override
    public void close() {
      reader.close();
    }
  }
}
