package io.defradb.connect.sink.metrics;

import io.defradb.client.jmx.RegisteredBean;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one task counts: {@code
 * io.defradb:type=connector-metrics,context=sink,server=<connector>,task=<number>} until it is
 * closed. Safe for use by many threads.
 */
public final class SinkMetrics implements SinkMXBean, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SinkMetrics.class);

  private final LongAdder taken = new LongAdder();
  private final LongAdder stored = new LongAdder();
  private final LongAdder duplicates = new LongAdder();
  private final LongAdder deadLetters = new LongAdder();
  private final LongAdder batches = new LongAdder();
  private final LongAdder batchMillis = new LongAdder();
  private final LongAdder retries = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final AtomicLong batchMillisMax = new AtomicLong();
  private final Map<String, Long> positions = new ConcurrentHashMap<>();
  private final LongAdder inPutNanos = new LongAdder();
  private final LongAdder inFrameworkNanos = new LongAdder();
  private final LongSupplier nanoTime;
  private final PerSecond storedPerSecond;
  private final InstantSource clock;
  private final RegisteredBean bean;
  private volatile LongSupplier waiting = () -> 0;
  private volatile long deliveredAt;
  private volatile long lastBatchMillis;
  private volatile long millisBehind = -1;
  private volatile boolean isConnected;
  private volatile boolean isPaused;

  /** {@code nanoTime}: as {@link System#nanoTime}. */
  public SinkMetrics(String connector, int task, InstantSource clock, LongSupplier nanoTime) {
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.deliveredAt = nanoTime.getAsLong();
    this.storedPerSecond = new PerSecond(nanoTime);
    this.bean = RegisteredBean.<SinkMXBean>show(name(connector, task), this, SinkMXBean.class);
  }

  private static ObjectName name(String connector, int task) {
    String text = connector.matches("[\\w.-]+") ? connector : ObjectName.quote(connector);
    try {
      return new ObjectName(
          "io.defradb:type=connector-metrics,context=sink,server=" + text + ",task=" + task);
    } catch (MalformedObjectNameException e) {
      throw new IllegalArgumentException("no name of an MBean: " + text, e);
    }
  }

  /** The same as metrics of the plugin; workers before Kafka 4.1 have no such thing. */
  public void showIn(SinkTaskContext context) {
    try {
      PluginGauges.register(context.pluginMetrics(), this);
    } catch (NoSuchMethodError | NoClassDefFoundError e) {
      LOG.info("This worker has no metrics of plugins; those over JMX are there");
    } catch (IllegalArgumentException taken) { // by a task before that was not stopped in time
      LOG.warn("Metrics of plugins are another task's still; those over JMX are there", taken);
    }
  }

  /** {@code records}: how many were taken and are not stored yet. */
  public void waiting(LongSupplier records) {
    waiting = records;
  }

  /** A delivery, which begins now; by the task's thread, as is its end. */
  public void putBegun() {
    pass(inFrameworkNanos);
  }

  public void putEnded() {
    pass(inPutNanos);
  }

  private void pass(LongAdder where) {
    long now = nanoTime.getAsLong();
    where.add(now - deliveredAt);
    deliveredAt = now;
  }

  public void taken(int records) {
    taken.add(records);
  }

  /** {@code newestMillis}: when the newest record was written; -1 when it does not say. */
  public void stored(int records, int known, Duration took, long newestMillis) {
    long millis = took.toMillis();
    isConnected = true;
    batches.increment();
    batchMillis.add(millis);
    batchMillisMax.accumulateAndGet(millis, Math::max);
    lastBatchMillis = millis;
    duplicates.add(known);
    stored.add(records - known);
    storedPerSecond.add(records - known);
    if (newestMillis >= 0) {
      millisBehind = Math.max(0, clock.millis() - newestMillis);
    }
  }

  public void position(String partition, long offset) {
    positions.put(partition, offset);
  }

  /** A partition that is another task's from now on. */
  public void forget(String partition) {
    positions.remove(partition);
  }

  public void deadLetter() {
    deadLetters.increment();
  }

  public void refused() {
    isConnected = true;
    refused.increment();
  }

  /** A batch is to be sent again; {@code isAnswered}: the node itself said so. */
  public void retry(boolean isAnswered) {
    isConnected = isAnswered;
    retries.increment();
  }

  public void connected(boolean isAnswering) {
    isConnected = isAnswering;
  }

  public void paused(boolean isDeliveryPaused) {
    isPaused = isDeliveryPaused;
  }

  @Override
  public long getTotalNumberOfRecordsTaken() {
    return taken.sum();
  }

  @Override
  public long getTotalNumberOfRecordsStored() {
    return stored.sum();
  }

  @Override
  public long getTotalNumberOfDuplicates() {
    return duplicates.sum();
  }

  @Override
  public long getTotalNumberOfDeadLetters() {
    return deadLetters.sum();
  }

  @Override
  public long getTotalNumberOfBatches() {
    return batches.sum();
  }

  @Override
  public long getTotalNumberOfRetries() {
    return retries.sum();
  }

  @Override
  public long getTotalNumberOfRefusedBatches() {
    return refused.sum();
  }

  @Override
  public long getTotalInTaskPutMilliSeconds() {
    return TimeUnit.NANOSECONDS.toMillis(inPutNanos.sum());
  }

  @Override
  public long getTotalInConnectFrameworkMilliSeconds() {
    return TimeUnit.NANOSECONDS.toMillis(inFrameworkNanos.sum());
  }

  @Override
  public double getRecordsStoredPerSecond() {
    return storedPerSecond.value();
  }

  @Override
  public long getLastBatchMilliSeconds() {
    return lastBatchMillis;
  }

  @Override
  public double getMeanBatchMilliSeconds() {
    long count = batches.sum();
    return count == 0 ? 0 : (double) batchMillis.sum() / count;
  }

  @Override
  public long getMaxBatchMilliSeconds() {
    return batchMillisMax.get();
  }

  @Override
  public long getMilliSecondsBehindTopic() {
    return millisBehind;
  }

  @Override
  public long getPositionLag() {
    return waiting.getAsLong();
  }

  @Override
  public Map<String, Long> getPositions() {
    return new TreeMap<>(positions);
  }

  @Override
  public boolean isConnected() {
    return isConnected;
  }

  @Override
  public boolean isPaused() {
    return isPaused;
  }

  @Override
  public void close() {
    bean.close();
  }
}
