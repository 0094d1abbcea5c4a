package io.defradb.connect.source.stream;

import io.defradb.client.ChangePage;
import io.defradb.client.ChangeQuery;
import io.defradb.client.DefraClient;
import io.defradb.connect.source.Backoff;
import io.defradb.connect.source.metrics.QueueMetrics;
import io.defradb.connect.source.metrics.SourceMetrics;
import io.defradb.connect.source.metrics.StreamingMetrics;
import io.defradb.connect.source.record.RowReader;
import io.defradb.connect.source.settings.ReadLimits;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * Reads the feed, rows and all, on a thread of its own, a few pages ahead of whoever takes them. A
 * node that is away is asked again for as long as it takes; any other failure is handed to the
 * taker. Close it.
 */
final class FeedReader implements AutoCloseable {
  static final int PAGES_AHEAD = 2;

  private static final Duration HURRY = Duration.ofMillis(100);
  private static final Duration STOP_WAIT = Duration.ofSeconds(5);

  private final DefraClient client;
  private final ReadLimits limits;
  private final long pageBytes;
  private final RowReader rows;
  private final BlockingQueue<ChangePage<Struct>> pages = new ArrayBlockingQueue<>(PAGES_AHEAD);
  private final Arrivals arrivals;
  private final QueueMetrics queue;
  private final StreamingMetrics metrics;
  private final Thread thread;
  private volatile boolean isHurried;
  private volatile @Nullable RuntimeException failure;

  FeedReader(
      String name,
      DefraClient client,
      RowReader rows,
      ReadLimits limits,
      Arrivals arrivals,
      ChangeQuery from,
      SourceMetrics metrics) {
    this.client = client;
    this.limits = limits;
    this.arrivals = arrivals;
    this.pageBytes = limits.bytes() / PAGES_AHEAD;
    this.rows = rows;
    this.queue = metrics.queue();
    this.metrics = metrics.streaming();
    queue.allow(PAGES_AHEAD * from.limit(), PAGES_AHEAD * pageBytes);
    this.thread = new Thread(() -> run(from), "defradb-feed-" + name);
    thread.setDaemon(true);
    thread.start();
  }

  /** The next page; {@code null} when there is none yet. Throws what ended the reading. */
  @Nullable ChangePage<Struct> take() {
    RuntimeException ended = failure; // before looking: what was read before it comes first
    ChangePage<Struct> page = pages.poll();
    if (page != null) {
      queue.taken(page.entries().size(), page.bytes());
    }
    if (page == null && ended != null) {
      throw ended;
    }
    return page;
  }

  /**
   * Whether the node is to say soon how far its log has come, where nothing of it is to be seen:
   * who compares with that place waits for it.
   */
  void hurry(boolean isWaitedFor) {
    isHurried = isWaitedFor;
  }

  private void run(ChangeQuery from) {
    var backoff = new Backoff("the change feed", limits);
    ChangeQuery query = from;
    try {
      while (true) {
        try {
          ChangePage<Struct> page = client.changes(isHurried ? query.waiting(HURRY) : query, rows);
          backoff.succeeded();
          metrics.connected();
          query = query.after(page.feedId(), page.lastSeq()).atMost(limit(page, from.limit()));
          queue.added(page.entries().size(), page.bytes());
          pages.put(page);
          arrivals.add();
        } catch (DefraException e) {
          if (e.code().category() != ErrorCode.Category.RETRY) {
            throw e;
          }
          metrics.disconnected();
          backoff.failed(e);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      failure = e;
      arrivals.add();
    }
  }

  /** How many entries of the size just seen make a page: great documents come fewer at a time. */
  private int limit(ChangePage<?> page, int limitMax) {
    if (page.bytes() <= pageBytes) {
      return limitMax;
    }
    return (int) Math.max(1, Math.min(limitMax, page.entries().size() * pageBytes / page.bytes()));
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
