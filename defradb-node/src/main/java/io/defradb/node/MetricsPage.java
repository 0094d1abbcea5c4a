package io.defradb.node;

import io.defradb.http.HttpStats;
import io.defradb.storage.KeyValueStore;
import io.defradb.telemetry.MetricNames;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The metrics page. Nothing is registered before the first scrape, which keeps the registry out of
 * the start; what is counted is counted elsewhere in any case.
 */
final class MetricsPage {
  private final HttpStats http;
  private final Supplier<KeyValueStore> store;
  private final LongSupplier lastSeq;
  private final Supplier<@Nullable PeerServices> peers;
  private @Nullable PrometheusMeterRegistry registry;
  private @Nullable PeerMetrics peerMetrics;

  /** {@code peers}: {@code null} without a network. */
  MetricsPage(
      HttpStats http,
      Supplier<KeyValueStore> store,
      LongSupplier lastSeq,
      Supplier<@Nullable PeerServices> peers) {
    this.http = http;
    this.store = store;
    this.lastSeq = lastSeq;
    this.peers = peers;
  }

  synchronized String print() {
    if (registry == null) {
      registry = register();
      peerMetrics = PeerMetrics.register(peers, registry);
    }
    if (peerMetrics != null) {
      peerMetrics.refresh();
    }
    return registry.scrape();
  }

  private PrometheusMeterRegistry register() {
    var page = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    FunctionCounter.builder(MetricNames.HTTP_REQUESTS, http, HttpStats::requests).register(page);
    FunctionCounter.builder(MetricNames.HTTP_FAILURES, http, HttpStats::failures).register(page);
    FunctionCounter.builder(MetricNames.HTTP_REFUSED, http, HttpStats::refused).register(page);
    FunctionCounter.builder(MetricNames.HTTP_SECONDS, http, stats -> stats.nanos() / 1e9)
        .register(page);
    Gauge.builder(MetricNames.HTTP_CONNECTIONS, http, HttpStats::connections).register(page);
    Gauge.builder(MetricNames.HTTP_STREAMS, http, HttpStats::streams).register(page);
    Gauge.builder(MetricNames.STORE_BYTES, () -> store.get().sizeBytes()).register(page);
    Gauge.builder(MetricNames.LOG_SEQ, lastSeq::getAsLong).register(page);
    Runtime runtime = Runtime.getRuntime();
    Gauge.builder(MetricNames.HEAP_BYTES, () -> runtime.totalMemory() - runtime.freeMemory())
        .register(page);
    TimeGauge.builder(
            MetricNames.UPTIME,
            () -> ManagementFactory.getRuntimeMXBean().getUptime(),
            TimeUnit.MILLISECONDS)
        .register(page);
    return page;
  }
}
