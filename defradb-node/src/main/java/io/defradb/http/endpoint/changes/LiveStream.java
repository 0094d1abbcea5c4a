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

/** The feed without an end: entries as they come, a sign of life when none does. */
final class LiveStream implements StreamSource {
  private final Feed feed;
  private final FeedReader reader;
  private final Framing framing;
  private final long heartbeatMillis;
  private final InstantSource clock;
  private long lastSentMillis;
  private @Nullable Subscription subscription;

  LiveStream(
      Feed feed, FeedReader reader, Framing framing, long heartbeatMillis, InstantSource clock) {
    this.feed = feed;
    this.reader = reader;
    this.framing = framing;
    this.heartbeatMillis = heartbeatMillis;
    this.clock = clock;
    this.lastSentMillis = clock.millis();
  }

  @Override
  public void open(Runnable wake) {
    subscription = feed.onAdvance(wake);
  }

  @Override
  public Progress pull(StreamBuffer out) {
    FeedReader.Stop stop =
        reader.read(
            new FeedSink() {
              @Override
              public void accept(long seq, JsonWriter json) {
                framing.begin(out, reader.feedId(), seq);
                framing.end(out.write(json));
              }

              @Override
              public boolean isFull() {
                return out.isFull();
              }
            },
            Long.MAX_VALUE);
    long now = clock.millis();
    if (out.length() > 0) {
      lastSentMillis = now;
    }
    if (stop == FeedReader.Stop.PAUSE) {
      return out.length() > 0 ? Progress.MORE : Progress.waitAtMost(0); // others take their turn
    }
    if (now - lastSentMillis >= heartbeatMillis) {
      lastSentMillis = now;
      framing.begin(out, reader.feedId(), reader.lastSeq());
      out.write("{\"heartbeat\":true,\"lastSeq\":" + reader.lastSeq() + "}");
      framing.end(out);
    }
    return Progress.waitAtMost(Math.max(1, lastSentMillis + heartbeatMillis - now));
  }

  @Override
  public void close() {
    if (subscription != null) {
      subscription.close();
    }
  }
}
