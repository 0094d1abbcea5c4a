package io.defradb.connect.sink.write;

import io.defradb.connect.sink.dlq.DeadLetters;
import io.defradb.connect.sink.metrics.SinkMetrics;
import io.defradb.connect.sink.settings.SinkSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.errors.ConnectException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries records to the node while the task goes on polling: a queue a partition, batches sent by
 * a few threads, one batch of a partition at a time. The first failure is kept and thrown to the
 * task at its next call.
 *
 * <p>Bounded: {@link #isFull} asks the task to pause, and the task holds nothing itself. Safe for
 * use by many threads.
 */
public final class PartitionWriters implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PartitionWriters.class);
  private static final int THREADS = 2;
  private static final int BATCHES_WAITING_MAX = 8;
  private static final Duration STOP_WAIT = Duration.ofSeconds(10);

  private final SinkSettings settings;
  private final BatchWriter writer;
  private final Thread[] threads = new Thread[THREADS];
  private final Map<Partition, PartitionQueue> queues = new LinkedHashMap<>();
  private final Map<Partition, Long> changed = new HashMap<>();
  private final SinkMetrics metrics;
  private int waiting;
  private int inFlight;
  private boolean isStopped;
  private @Nullable RuntimeException failure;

  public PartitionWriters(
      SinkSettings settings, IngestRoute route, DeadLetters deadLetters, SinkMetrics metrics) {
    this.settings = settings;
    this.metrics = metrics;
    this.writer =
        new BatchWriter(
            route,
            deadLetters,
            new PeerWait(route, settings.peersWaitedFor(), settings.node().requestTimeout()),
            settings.isReducing(),
            settings.retriesMax(),
            settings.retryDelay(),
            metrics);
    for (int i = 0; i < THREADS; i++) {
      threads[i] = new Thread(this::run, "defradb-sink-" + settings.sink() + "-" + i);
      threads[i].setDaemon(true);
      threads[i].start();
    }
  }

  public synchronized void open(Partition partition, KnownPosition known) {
    close(partition);
    queues.put(partition, new PartitionQueue(partition, known));
  }

  public synchronized boolean isOpen(Partition partition) {
    return queues.containsKey(partition);
  }

  /** As {@link #close(Partition)}, and waits for the end of a batch in flight. */
  public synchronized void closeAndAwait(Partition partition) throws InterruptedException {
    PartitionQueue queue = queues.get(partition);
    close(partition);
    while (queue != null && queue.isInFlight() && failure == null && !isStopped) {
      wait();
    }
  }

  /** Drops what waits: another task will be given it again. A batch in flight ends by itself. */
  public synchronized void close(Partition partition) {
    PartitionQueue queue = queues.remove(partition);
    if (queue != null) {
      metrics.forget(partition.toString());
      waiting -= queue.size();
    }
  }

  /** Throws {@link ForeignRecord}. A partition that is not open takes nothing. */
  public synchronized void add(Partition partition, Pending pending) {
    PartitionQueue queue = queues.get(partition);
    if (queue != null) {
      int before = queue.size();
      queue.add(pending);
      waiting += queue.size() - before;
    }
  }

  /** Wakes the threads, once a whole delivery is in. */
  public synchronized void flush() {
    notifyAll();
  }

  /** Records that are not stored yet. */
  public synchronized int unstored() {
    return waiting + inFlight;
  }

  public synchronized boolean isFull() {
    return waiting >= BATCHES_WAITING_MAX * settings.batchSizeMax();
  }

  /** True when it makes sense to be given more. */
  public synchronized boolean isDrained() {
    return waiting <= BATCHES_WAITING_MAX * settings.batchSizeMax() / 2;
  }

  /** Offsets that the node has stored, by partition; only partitions with any. */
  public synchronized Map<Partition, Long> stored() {
    Map<Partition, Long> stored = new HashMap<>();
    queues.forEach(
        (partition, queue) -> {
          if (queue.storedOffset() >= 0) {
            stored.put(partition, queue.storedOffset());
          }
        });
    return stored;
  }

  /** True when everything that was added is stored, or in the dead letter queue. */
  public synchronized boolean isIdle(Partition partition) {
    PartitionQueue queue = queues.get(partition);
    return queue != null && queue.size() == 0 && !queue.isInFlight() && failure == null;
  }

  public synchronized void requireHealthy() {
    if (failure != null) {
      throw failure;
    }
  }

  private void run() {
    try {
      for (Work work = next(); work != null; work = next()) {
        write(work);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ConnectException e) {
      fail(e);
    } catch (RuntimeException e) {
      fail(new ConnectException(e.getMessage(), e));
    }
  }

  private void write(Work work) throws InterruptedException {
    try {
      writer.write(work.batch());
      stored(work);
    } catch (ChangedNode e) {
      LOG.warn("{} waits until the node's position is known again: {}", work, e.getMessage());
      changed(work.queue());
    } finally {
      landed(work.batch().records().size());
    }
  }

  private synchronized void landed(int records) {
    inFlight -= records;
  }

  /** What waited was for another node: it is dropped, and delivered again if it is wanted. */
  private synchronized void changed(PartitionQueue queue) {
    if (queues.get(queue.partition()) == queue) {
      close(queue.partition());
      changed.put(queue.partition(), queue.storedOffset());
    }
    queue.stored(queue.storedOffset());
    notifyAll();
  }

  /**
   * Partitions closed because another node answers for them now, each with the greatest offset that
   * needed no redelivery to the one before; -1 for none. Told once.
   */
  public synchronized Map<Partition, Long> takeChanged() {
    Map<Partition, Long> taken = Map.copyOf(changed);
    changed.clear();
    return taken;
  }

  private synchronized void fail(RuntimeException e) {
    if (failure == null) {
      failure = e;
    }
    notifyAll();
  }

  /** A batch and the queue it comes from: by then another may stand for the same partition. */
  private record Work(PartitionQueue queue, Batch batch) {
    @Override
    public String toString() {
      return queue.partition().toString();
    }
  }

  private synchronized @Nullable Work next() throws InterruptedException {
    while (!isStopped && failure == null) {
      for (PartitionQueue queue : queues.values()) {
        if (queue.isReady()) {
          queues.remove(queue.partition()); // to the end of the line
          queues.put(queue.partition(), queue);
          List<Pending> records = queue.take(settings.batchSizeMax());
          waiting -= records.size();
          inFlight += records.size();
          return new Work(queue, batch(queue, records));
        }
      }
      wait();
    }
    return null;
  }

  private Batch batch(PartitionQueue queue, List<Pending> records) {
    Pending last = records.get(records.size() - 1);
    return new Batch(
        settings.sink(),
        queue.partition(),
        queue.identity(),
        settings.isPositionAdopted(),
        settings.match(),
        records,
        last.offset(),
        RecordDigest.of(last.record()),
        queue.feedId());
  }

  private synchronized void stored(Work work) {
    work.queue().stored(work.batch().upTo());
    metrics.position(work.toString(), work.queue().storedOffset());
    notifyAll();
  }

  /** Stops the threads; what was not stored is delivered again after a restart. */
  @Override
  public void close() {
    synchronized (this) {
      isStopped = true;
      notifyAll();
    }
    try {
      for (Thread thread : threads) {
        thread.interrupt();
        thread.join(STOP_WAIT.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
