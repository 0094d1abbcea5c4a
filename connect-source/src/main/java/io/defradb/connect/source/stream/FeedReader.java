package io.defradb.connect.source.stream;

import io.defradb.client.ChangePage;
import io.defradb.client.ChangeQuery;
import io.defradb.client.DefraClient;
import io.defradb.connect.source.Backoff;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads the feed on a thread of its own, a few pages ahead of whoever takes them. A node that is
 * away is asked again for as long as it takes; any other failure is handed to the taker. Close it.
 */
final class FeedReader implements AutoCloseable {
  private static final int PAGES_AHEAD = 2;
  private static final Duration STOP_WAIT = Duration.ofSeconds(5);

  private final DefraClient client;
  private final BlockingQueue<ChangePage> pages = new ArrayBlockingQueue<>(PAGES_AHEAD);
  private final Thread thread;
  private volatile @Nullable RuntimeException failure;

  FeedReader(String name, DefraClient client, ChangeQuery from) {
    this.client = client;
    this.thread = new Thread(() -> run(from), "defradb-feed-" + name);
    thread.setDaemon(true);
    thread.start();
  }

  /** The next page; {@code null} when none comes in time. Throws what ended the reading. */
  @Nullable ChangePage take(Duration patience) throws InterruptedException {
    ChangePage page = pages.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    RuntimeException ended = failure;
    if (page == null && ended != null) {
      throw ended;
    }
    return page;
  }

  private void run(ChangeQuery from) {
    var backoff = new Backoff("the change feed");
    ChangeQuery query = from;
    try {
      while (true) {
        try {
          ChangePage page = client.changes(query);
          backoff.succeeded();
          query = query.after(page.feedId(), page.lastSeq());
          pages.put(page);
        } catch (DefraException e) {
          if (e.code().category() != ErrorCode.Category.RETRY) {
            throw e;
          }
          backoff.failed(e);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(STOP_WAIT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
