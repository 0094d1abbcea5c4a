package io.defradb.connect.sink.metrics;

import java.util.LinkedHashMap;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.PluginMetrics;

/**
 * The metrics of KIP-877, in a class of their own: it is loaded only where the worker has them. The
 * worker adds connector and task as tags, and removes them with the task.
 */
final class PluginGauges {
  private PluginGauges() {}

  static void register(PluginMetrics metrics, SinkMXBean sink) {
    var shown = new Shown(metrics, sink);
    shown.add(
        "records-taken-total",
        "Records that the task has taken.",
        SinkMXBean::getTotalNumberOfRecordsTaken);
    shown.add(
        "records-stored-total",
        "Records that the node has applied.",
        SinkMXBean::getTotalNumberOfRecordsStored);
    shown.add(
        "records-stored-rate",
        "Records applied a second, over a minute.",
        SinkMXBean::getRecordsStoredPerSecond);
    shown.add(
        "duplicates-total",
        "Records that the node had already.",
        SinkMXBean::getTotalNumberOfDuplicates);
    shown.add(
        "dead-letters-total",
        "Records handed to the dead letter queue.",
        SinkMXBean::getTotalNumberOfDeadLetters);
    shown.add(
        "in-task-put-ms-total",
        "Milliseconds in the task's own hands.",
        SinkMXBean::getTotalInTaskPutMilliSeconds);
    shown.add(
        "in-connect-framework-ms-total",
        "Milliseconds between deliveries.",
        SinkMXBean::getTotalInConnectFrameworkMilliSeconds);
    shown.add("batches-total", "Batches stored.", SinkMXBean::getTotalNumberOfBatches);
    shown.add("retries-total", "Batches sent again.", SinkMXBean::getTotalNumberOfRetries);
    shown.add(
        "refused-batches-total",
        "Batches refused because of a record.",
        SinkMXBean::getTotalNumberOfRefusedBatches);
    shown.add(
        "batch-ms-last", "Milliseconds for the last batch.", SinkMXBean::getLastBatchMilliSeconds);
    shown.add("batch-ms-avg", "Milliseconds for a batch.", SinkMXBean::getMeanBatchMilliSeconds);
    shown.add(
        "batch-ms-max", "Milliseconds for the slowest batch.", SinkMXBean::getMaxBatchMilliSeconds);
    shown.add(
        "lag-ms",
        "Age of the last record stored, when it was.",
        SinkMXBean::getMilliSecondsBehindTopic);
    shown.add("lag-records", "Records taken and not stored yet.", SinkMXBean::getPositionLag);
    shown.add("connected", "1 while the node answers.", bean -> bean.isConnected() ? 1 : 0);
    shown.add("paused", "1 while delivery is paused.", bean -> bean.isPaused() ? 1 : 0);
  }

  private record Shown(PluginMetrics metrics, SinkMXBean sink) {
    void add(String name, String meaning, ToDoubleFunction<SinkMXBean> value) {
      Gauge<Double> gauge = (config, now) -> value.applyAsDouble(sink);
      metrics.addMetric(metrics.metricName(name, meaning, new LinkedHashMap<>()), gauge);
    }
  }
}
