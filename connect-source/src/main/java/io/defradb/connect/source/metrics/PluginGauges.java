package io.defradb.connect.source.metrics;

import java.util.LinkedHashMap;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.PluginMetrics;

/**
 * The metrics of KIP-877, in a class of their own: it is loaded only where the worker has them. The
 * worker adds connector and task as tags, and removes them with the task.
 */
final class PluginGauges {
  private PluginGauges() {}

  static void register(PluginMetrics metrics, SourceMetrics source) {
    gauges(metrics, "snapshot", source.snapshot());
    gauges(metrics, "streaming", source.streaming());
    StreamingMetrics stream = source.streaming();
    add(
        metrics,
        "lag-ms",
        "Milliseconds between node and connector.",
        stream,
        StreamingMetrics::getMilliSecondsBehindSource);
    add(
        metrics,
        "lag-seq",
        "Numbers of the node's log that were not read yet.",
        stream,
        StreamingMetrics::getSeqBehindSource);
    add(
        metrics,
        "transactions-total",
        "Transactions of the node that were read.",
        stream,
        StreamingMetrics::getNumberOfCommittedTransactions);
    add(
        metrics,
        "conflicts-total",
        "Values that merges have lost.",
        stream,
        StreamingMetrics::getNumberOfConflicts);
    add(
        metrics,
        "disconnects-total",
        "How often the node went away.",
        stream,
        StreamingMetrics::getNumberOfDisconnects);
    add(
        metrics,
        "connected",
        "1 while the node answers.",
        stream,
        bean -> bean.isConnected() ? 1 : 0);
    add(
        metrics,
        "queue-remaining-capacity",
        "Entries that could wait.",
        stream,
        StreamingMetrics::getQueueRemainingCapacity);
    add(
        metrics,
        "queue-bytes",
        "Bytes that wait.",
        stream,
        StreamingMetrics::getCurrentQueueSizeInBytes);
    add(
        metrics,
        "snapshot-remaining-lanes",
        "Shards of collections still to be read.",
        source.snapshot(),
        SnapshotMetrics::getRemainingTableCount);
  }

  private static void gauges(PluginMetrics metrics, String context, BeanBase bean) {
    add(
        metrics,
        context + "-events-total",
        "Events.",
        bean,
        EventMXBean::getTotalNumberOfEventsSeen);
    add(
        metrics,
        context + "-create-events-total",
        "Creates.",
        bean,
        EventMXBean::getTotalNumberOfCreateEventsSeen);
    add(
        metrics,
        context + "-update-events-total",
        "Updates.",
        bean,
        EventMXBean::getTotalNumberOfUpdateEventsSeen);
    add(
        metrics,
        context + "-delete-events-total",
        "Deletes.",
        bean,
        EventMXBean::getTotalNumberOfDeleteEventsSeen);
    add(
        metrics,
        context + "-filtered-events-total",
        "Events left out.",
        bean,
        EventMXBean::getNumberOfEventsFiltered);
    add(
        metrics,
        context + "-erroneous-events-total",
        "Failures.",
        bean,
        EventMXBean::getNumberOfErroneousEvents);
  }

  private static <B> void add(
      PluginMetrics metrics, String name, String meaning, B bean, ToLongFunction<B> value) {
    Gauge<Long> gauge = (config, now) -> value.applyAsLong(bean);
    metrics.addMetric(metrics.metricName(name, meaning, new LinkedHashMap<>()), gauge);
  }
}
