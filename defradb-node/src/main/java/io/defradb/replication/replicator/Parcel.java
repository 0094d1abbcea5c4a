package io.defradb.replication.replicator;

import io.defradb.multiformats.Cid;
import io.defradb.replication.pushlog.PushLog;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What is pushed together: the heads of one document, or of a collection's own chain.
 *
 * @param name the DocID's text, or the collection ID's
 * @param stages of a long history, see {@link HistoryStages}; told before the rest, and whether
 *     they arrive is of no consequence
 * @param stageLimit of each stage
 * @param logs pushed one after the other
 * @param height of the highest head; 0 for a peer that goes only through what it lacks
 */
record Parcel(
    String name, List<Stage> stages, Duration stageLimit, List<PushLog> logs, long height) {
  /**
   * A commit of a long history.
   *
   * @param last what a peer asks for last of its stretch
   */
  record Stage(PushLog log, Set<Cid> last) {
    Stage {
      last = Set.copyOf(last);
    }
  }

  private static final long LONG = 128;
  private static final long VISITS_A_MILLISECOND = 5;

  Parcel {
    stages = List.copyOf(stages);
    logs = List.copyOf(logs);
  }

  Parcel(String name, List<PushLog> logs) {
    this(name, List.of(), Duration.ZERO, logs, 0);
  }

  /** Whether its push takes the peer so long that others should not wait for it. */
  boolean isLong() {
    return height > LONG;
  }

  /**
   * How long the peer may take at least, on a busy machine: a history is gone through once for each
   * commit.
   */
  Duration patience() {
    return Duration.ofMillis(height * height / 2 / VISITS_A_MILLISECOND);
  }
}
