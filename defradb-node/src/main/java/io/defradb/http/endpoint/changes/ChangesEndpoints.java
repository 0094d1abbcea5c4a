package io.defradb.http.endpoint.changes;

import io.defradb.db.feed.Feed;
import io.defradb.http.Endpoint;
import java.time.InstantSource;
import java.util.List;

/** The endpoints of this room. */
public final class ChangesEndpoints {
  private ChangesEndpoints() {}

  public static List<Endpoint> all(Feed feed, InstantSource clock) {
    return List.of(
        new ReadChangesEndpoint(feed, clock),
        new SnapshotEndpoint(feed),
        new FeedInfoEndpoint(feed),
        new ListConsumersEndpoint(feed),
        new PutConsumerEndpoint(feed),
        new DeleteConsumerEndpoint(feed));
  }
}
