package io.defradb.connect.sink;

import io.defradb.connect.sink.settings.SinkSettings;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.jspecify.annotations.Nullable;

/**
 * The task that Connect runs. It only opens, fills and closes its {@link StartedSink}; one thread
 * calls it.
 */
public final class DefraSinkTask extends SinkTask {
  private @Nullable StartedSink started;

  @Override
  public String version() {
    return Version.TEXT;
  }

  @Override
  public void start(Map<String, String> given) {
    started = StartedSink.start(SinkSettings.of(given), context, reporter());
  }

  @Override
  public void open(Collection<TopicPartition> partitions) {
    running().open(partitions);
  }

  @Override
  public void close(Collection<TopicPartition> partitions) {
    running().close(partitions);
  }

  @Override
  public void put(Collection<SinkRecord> records) {
    running().put(records);
  }

  @Override
  public Map<TopicPartition, OffsetAndMetadata> preCommit(
      Map<TopicPartition, OffsetAndMetadata> delivered) {
    return running().committable(delivered);
  }

  @Override
  public void stop() {
    StartedSink running = started;
    started = null;
    if (running != null) {
      running.close();
    }
  }

  private StartedSink running() {
    StartedSink running = started;
    if (running == null) {
      throw new IllegalStateException("the task is not started");
    }
    return running;
  }

  /** Workers before 2.6 have no reporter: errors then fail the task. */
  private @Nullable ErrantRecordReporter reporter() {
    try {
      return context.errantRecordReporter();
    } catch (NoSuchMethodError | NoClassDefFoundError e) {
      return null;
    }
  }
}
