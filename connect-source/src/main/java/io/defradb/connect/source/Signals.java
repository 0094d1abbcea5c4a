package io.defradb.connect.source;

import io.defradb.connect.source.offset.Lane;
import io.defradb.connect.source.settings.SourceSettings;
import io.defradb.connect.source.settings.SourceSettings.OutputFormat;
import io.defradb.connect.source.signal.Signal;
import io.defradb.connect.source.signal.SignalReader;
import io.defradb.connect.source.snapshot.IncrementalSnapshots;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what signals ask for. For the task's thread. */
final class Signals implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Signals.class);

  private final SignalReader reader;
  private final IncrementalSnapshots snapshots;
  private final List<Lane> lanes;
  private final boolean areCommits;

  Signals(
      SourceSettings settings,
      List<Integer> shards,
      List<Lane> lanes,
      IncrementalSnapshots snapshots) {
    this.reader = new SignalReader(settings.signals(), settings.name() + "-" + shards);
    this.lanes = lanes;
    this.snapshots = snapshots;
    this.areCommits = settings.format() == OutputFormat.COMMIT;
  }

  void heed() {
    for (Signal signal : reader.take()) {
      LOG.info("Signal {}: {} of {}", signal.id(), signal.type(), signal.collections());
      heed(signal);
    }
    if (snapshots.isIdle()) {
      reader.acknowledge();
    }
  }

  private void heed(Signal signal) {
    List<Lane> meant =
        signal.collections().isEmpty()
            ? lanes
            : lanes.stream()
                .filter(lane -> signal.collections().contains(lane.collection()))
                .toList();
    switch (signal.type()) {
      case EXECUTE_SNAPSHOT -> {
        if (areCommits) {
          LOG.warn("Commits have no snapshot but their history: signal {} is passed over", signal);
        } else {
          snapshots.begin(meant);
        }
      }
      case STOP_SNAPSHOT -> snapshots.stop(meant);
      case PAUSE_SNAPSHOT -> snapshots.pause();
      case RESUME_SNAPSHOT -> snapshots.resume();
      case LOG -> LOG.info("{}", signal.message());
    }
  }

  @Override
  public void close() {
    reader.close();
  }
}
