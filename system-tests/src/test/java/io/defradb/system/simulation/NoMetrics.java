package io.defradb.system.simulation;

import java.util.LinkedHashMap;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.MetricValueProvider;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.common.metrics.Sensor;

/** Takes metrics and shows them to nobody. */
final class NoMetrics implements PluginMetrics {
  private final Metrics metrics = new Metrics();

  @Override
  public MetricName metricName(
      String name, String description, LinkedHashMap<String, String> tags) {
    return new MetricName(name, "simulation", description, tags);
  }

  @Override
  public void addMetric(MetricName metricName, MetricValueProvider<?> metricValueProvider) {}

  @Override
  public void removeMetric(MetricName metricName) {}

  @Override
  public Sensor addSensor(String name) {
    return metrics.sensor(name);
  }

  @Override
  public void removeSensor(String name) {
    metrics.removeSensor(name);
  }
}
