package io.defradb.connect.sink.write;

import io.defradb.connect.sink.write.IngestRoute.PeerProgress;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import java.time.Duration;
import java.util.List;

/** Waits until as many peers as are wanted have stored what the node has stored. */
final class PeerWait {
  private static final long UNKNOWN = -1;
  private static final Duration PAUSE = Duration.ofMillis(5);
  private static final Duration PAUSE_MAX = Duration.ofMillis(200);

  private final IngestRoute route;
  private final int peers;
  private final Duration patience;

  /** {@code peers}: 0 for none; {@code patience}: for one wait. */
  PeerWait(IngestRoute route, int peers, Duration patience) {
    this.route = route;
    this.peers = peers;
    this.patience = patience;
  }

  /** Throws {@code BUSY} when they have not come so far in time. */
  void await() throws InterruptedException {
    if (peers == 0) {
      return;
    }
    long begin = System.nanoTime();
    long wanted = UNKNOWN;
    for (Duration pause = PAUSE; ; pause = longer(pause)) {
      List<PeerProgress> progress = route.peers();
      if (wanted == UNKNOWN) { // the first answer after the batch was stored has it in its log
        wanted = progress.stream().mapToLong(PeerProgress::newest).max().orElse(UNKNOWN);
      }
      long have = wanted == UNKNOWN ? 0 : count(progress, wanted);
      if (have >= peers) {
        return;
      }
      if (System.nanoTime() - begin > patience.toNanos()) {
        throw new DefraException(
            ErrorCode.BUSY,
            "fewer peers than wanted have stored what the node has",
            "Wanted",
            peers,
            "Have",
            have);
      }
      Thread.sleep(pause.toMillis());
    }
  }

  private static Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : twice;
  }

  private static long count(List<PeerProgress> progress, long wanted) {
    return progress.stream().filter(peer -> peer.hasAllUpTo(wanted)).count();
  }
}
