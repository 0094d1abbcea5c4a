package io.defradb.connect.source.metrics;

import io.defradb.client.jmx.RegisteredBean;
import io.defradb.connect.source.jmx.BeanNames;
import java.time.Clock;
import java.util.List;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one task counts, shown to whoever looks. Close it. */
public final class SourceMetrics implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SourceMetrics.class);
  private static final String TYPE = "connector-metrics";

  private final QueueMetrics queue = new QueueMetrics();
  private final StreamingMetrics streaming;
  private final SnapshotMetrics snapshot;
  private final List<RegisteredBean> beans;

  public SourceMetrics(BeanNames names, List<String> collections, Clock clock) {
    String[] tables = collections.toArray(String[]::new);
    this.streaming = new StreamingMetrics(clock, queue, tables);
    this.snapshot = new SnapshotMetrics(clock, queue, tables);
    this.beans =
        List.of(
            RegisteredBean.<StreamingMXBean>show(
                names.of(TYPE, "streaming"), streaming, StreamingMXBean.class),
            RegisteredBean.<SnapshotMXBean>show(
                names.of(TYPE, "snapshot"), snapshot, SnapshotMXBean.class));
  }

  /** The same as metrics of the plugin; workers before Kafka 4.1 have no such thing. */
  public void showIn(SourceTaskContext context) {
    try {
      PluginGauges.register(context.pluginMetrics(), this);
    } catch (NoSuchMethodError | NoClassDefFoundError e) {
      LOG.info("This worker has no metrics of plugins; those over JMX are there");
    } catch (IllegalArgumentException taken) { // by a task before that was not stopped in time
      LOG.warn("Metrics of plugins are another task's still; those over JMX are there", taken);
    }
  }

  public QueueMetrics queue() {
    return queue;
  }

  public StreamingMetrics streaming() {
    return streaming;
  }

  public SnapshotMetrics snapshot() {
    return snapshot;
  }

  @Override
  public void close() {
    beans.forEach(RegisteredBean::close);
  }
}
