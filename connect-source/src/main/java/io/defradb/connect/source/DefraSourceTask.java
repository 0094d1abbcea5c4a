package io.defradb.connect.source;

import io.defradb.connect.source.settings.SourceSettings;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.jspecify.annotations.Nullable;

/**
 * The task that Connect runs. It only opens, polls and closes its {@link StartedSource}; one thread
 * calls it.
 */
public final class DefraSourceTask extends SourceTask {
  private @Nullable StartedSource started;

  @Override
  public String version() {
    return Version.TEXT;
  }

  @Override
  public void start(Map<String, String> given) {
    started = new StartedSource(SourceSettings.of(given), TaskShards.parse(given), context);
  }

  @Override
  public @Nullable List<SourceRecord> poll() throws InterruptedException {
    StartedSource running = started;
    if (running == null) {
      return null;
    }
    List<SourceRecord> records = running.poll();
    return records.isEmpty() ? null : records;
  }

  @Override
  public void stop() {
    StartedSource running = started;
    started = null;
    if (running != null) {
      running.close();
    }
  }
}
