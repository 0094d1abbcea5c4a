package io.defradb.connect.source;

import io.defradb.connect.source.offset.Lane;
import io.defradb.connect.source.settings.CollectionChoice;
import io.defradb.connect.source.settings.SourceSettings;
import io.defradb.connect.source.settings.SourceSettings.OutputFormat;
import io.defradb.connect.source.signal.Signal;
import io.defradb.connect.source.signal.SignalReader;
import io.defradb.connect.source.snapshot.IncrementalSnapshots;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what signals ask for. For the task's thread. */
final class Signals implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Signals.class);

  private final SignalReader reader;
  private final IncrementalSnapshots snapshots;
  private final IncrementalSnapshots.Progress progress;
  private final List<Lane> lanes;
  private final boolean areCommits;

  Signals(
      SourceSettings settings,
      List<Integer> shards,
      List<Lane> lanes,
      IncrementalSnapshots snapshots,
      IncrementalSnapshots.Progress progress) {
    this.reader = new SignalReader(settings.signals(), settings.name() + "-" + shards);
    this.lanes = lanes;
    this.snapshots = snapshots;
    this.progress = progress;
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
    List<Lane> meant = meant(signal);
    if (meant.isEmpty() && !lanes.isEmpty()) {
      LOG.warn("Signal {} names no collection that is read here: {}", signal.id(), signal);
    }
    switch (signal.type()) {
      case EXECUTE_SNAPSHOT -> {
        if (areCommits) {
          LOG.warn("Commits have no snapshot but their history: signal {} is passed over", signal);
        } else {
          snapshots.begin(signal.id(), meant, progress);
        }
      }
      case STOP_SNAPSHOT -> snapshots.stop(meant, progress);
      case PAUSE_SNAPSHOT -> snapshots.pause();
      case RESUME_SNAPSHOT -> snapshots.resume();
      case LOG -> LOG.info("{}", signal.message());
    }
  }

  /** By whole names, or regular expressions that match whole names; none given: all. */
  private List<Lane> meant(Signal signal) {
    try {
      var choice = new CollectionChoice(signal.collections(), List.of());
      return lanes.stream().filter(lane -> choice.has(lane.collection())).toList();
    } catch (PatternSyntaxException e) {
      LOG.warn("Signal {} has no valid expression: {}", signal.id(), e.getMessage());
      return List.of();
    }
  }

  @Override
  public void close() {
    reader.close();
  }
}
