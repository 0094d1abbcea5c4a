package io.defradb.http.endpoint.changes;

import io.defradb.db.feed.Feed;
import io.defradb.db.feed.FeedReader;
import io.defradb.db.feed.FeedSink;
import io.defradb.document.JsonWriter;
import io.defradb.event.EventBus.Subscription;
import io.defradb.http.StreamBuffer;
import io.defradb.http.StreamSource;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * One page of the feed, sent while it is read, so that its size costs no memory. With patience it
 * waits for a first entry.
 */
final class PageStream implements StreamSource {
  private final Feed feed;
  private final FeedReader reader;
  private final long limit;
  private final InstantSource clock;
  private final long deadlineMillis;
  private final boolean isPatient;
  private boolean isBegun;
  private @Nullable Subscription subscription;

  /** {@code patienceMillis}: 0 not to wait. */
  PageStream(Feed feed, FeedReader reader, long limit, long patienceMillis, InstantSource clock) {
    this.feed = feed;
    this.reader = reader;
    this.limit = limit;
    this.clock = clock;
    this.isPatient = patienceMillis > 0;
    this.deadlineMillis = clock.millis() + patienceMillis;
  }

  @Override
  public void open(Runnable wake) {
    if (isPatient) {
      subscription = feed.onAdvance(wake);
    }
  }

  @Override
  public Progress pull(StreamBuffer out) {
    FeedReader.Stop stop =
        reader.read(
            new FeedSink() {
              @Override
              public void accept(long seq, JsonWriter json) {
                if (isBegun) {
                  out.write(",");
                } else {
                  begin(out);
                }
                out.write(json);
              }

              @Override
              public boolean isFull() {
                return out.isFull();
              }
            },
            limit);
    if (stop == FeedReader.Stop.PAUSE) {
      return out.length() > 0 ? Progress.MORE : Progress.waitAtMost(0); // others take their turn
    }
    long restMillis = deadlineMillis - clock.millis();
    if (isPatient && reader.seen() == 0 && restMillis > 0) {
      return Progress.waitAtMost(restMillis);
    }
    if (!isBegun) {
      begin(out);
    }
    out.write("],\"lastSeq\":" + reader.lastSeq());
    out.write(",\"newestSeq\":" + reader.newestSeq() + "}\n");
    return Progress.END;
  }

  private void begin(StreamBuffer out) {
    isBegun = true;
    var json = new JsonWriter().string(reader.feedId());
    out.write("{\"feedId\":").write(json).write(",\"results\":[");
  }

  @Override
  public void close() {
    if (subscription != null) {
      subscription.close();
    }
  }
}
