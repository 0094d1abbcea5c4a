package io.defradb.connect.sink.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.metrics.internals.PluginMetricsImpl;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.junit.jupiter.api.Test;

class SinkMetricsTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private final AtomicLong nanos = new AtomicLong();
  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

  @Test
  void givenATask_whenAskedOverJmx_thenItTellsWhatItCounted_untilItIsClosed() throws Exception {
    var name =
        new ObjectName("io.defradb:type=connector-metrics,context=sink,server=orders,task=3");
    try (SinkMetrics metrics = metrics()) {
      metrics.taken(12);
      metrics.stored(10, 4, Duration.ofMillis(30), NOW.minusMillis(250).toEpochMilli());
      metrics.stored(2, 0, Duration.ofMillis(10), -1);
      metrics.position("t-0", 41);
      assertThat(server.getAttribute(name, "TotalNumberOfRecordsTaken")).isEqualTo(12L);
      assertThat(server.getAttribute(name, "TotalNumberOfRecordsStored")).isEqualTo(8L);
      assertThat(server.getAttribute(name, "TotalNumberOfDuplicates")).isEqualTo(4L);
      assertThat(server.getAttribute(name, "MeanBatchMilliSeconds")).isEqualTo(20.0);
      assertThat(server.getAttribute(name, "MaxBatchMilliSeconds")).isEqualTo(30L);
      assertThat(server.getAttribute(name, "MilliSecondsBehindTopic")).isEqualTo(250L);
      assertThat(server.getAttribute(name, "Connected")).isEqualTo(true);
      assertThat(metrics.getPositions()).containsEntry("t-0", 41L);
    }
    assertThat(server.isRegistered(name)).isFalse();
  }

  @Test
  void givenDeliveries_whenTimeGoesBy_thenItIsTheTasksOrConnects() {
    try (SinkMetrics metrics = metrics()) {
      nanos.set(Duration.ofMillis(500).toNanos());
      metrics.putBegun();
      nanos.set(Duration.ofMillis(530).toNanos());
      metrics.putEnded();
      nanos.set(Duration.ofMillis(1530).toNanos());
      metrics.putBegun();
      assertThat(metrics.getTotalInTaskPutMilliSeconds()).isEqualTo(30);
      assertThat(metrics.getTotalInConnectFrameworkMilliSeconds()).isEqualTo(1500);
    }
  }

  @Test
  void givenAMinute_whenItIsOver_thenItsRecordsCountForNoRate() {
    try (SinkMetrics metrics = metrics()) {
      metrics.stored(100, 0, Duration.ZERO, -1);
      nanos.set(Duration.ofSeconds(9).toNanos());
      assertThat(metrics.getRecordsStoredPerSecond()).isEqualTo(10.0);
      nanos.set(Duration.ofSeconds(59).toNanos());
      metrics.stored(500, 0, Duration.ZERO, -1);
      assertThat(metrics.getRecordsStoredPerSecond()).isEqualTo(10.0);
      nanos.set(Duration.ofSeconds(70).toNanos());
      assertThat(metrics.getRecordsStoredPerSecond()).isEqualTo(500 / 60.0);
      nanos.set(Duration.ofSeconds(500).toNanos());
      assertThat(metrics.getRecordsStoredPerSecond()).isZero();
    }
  }

  /** As when a worker comes back from a broker that was away, with the old task still ending. */
  @Test
  void givenATaskBeforeThatStillShowsItsMetrics_whenTheNextOneStarts_thenItRuns() {
    var plugins = new PluginMetricsImpl(new Metrics(), Map.of("connector", "orders", "task", "3"));
    var context =
        (SinkTaskContext)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {SinkTaskContext.class},
                (proxy, method, arguments) -> plugins);
    try (SinkMetrics before = metrics();
        SinkMetrics next = metrics()) {
      before.showIn(context);
      assertThatCode(() -> next.showIn(context)).doesNotThrowAnyException();
    }
  }

  private SinkMetrics metrics() {
    return new SinkMetrics("orders", 3, InstantSource.fixed(NOW), nanos::get);
  }
}
