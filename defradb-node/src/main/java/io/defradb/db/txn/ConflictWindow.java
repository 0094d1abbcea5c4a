package io.defradb.db.txn;

import io.defradb.db.overlay.LongSet;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * What recent commits have written, as fingerprints. A transaction that began before the oldest
 * commit kept here can no longer be checked and counts as in conflict. Guarded by its owner.
 */
final class ConflictWindow {
  private record Past(long number, long[] written) {}

  private final int fingerprintsMax;
  private final Map<Long, Long> latest = new HashMap<>();
  private final Deque<Past> past = new ArrayDeque<>();
  private long fingerprints;
  private long forgottenUpTo;

  ConflictWindow(int fingerprintsMax) {
    this.fingerprintsMax = fingerprintsMax;
  }

  /** {@code began}: the number of the last commit that the transaction saw. */
  boolean hasConflict(long began, LongSet reads) {
    return began < forgottenUpTo
        || reads.isAny(
            fingerprint -> {
              Long number = latest.get(fingerprint);
              return number != null && number > began;
            });
  }

  /** Of a commit that is stored. */
  void add(long number, long[] written) {
    past.add(new Past(number, written));
    fingerprints += written.length;
    Arrays.stream(written).forEach(fingerprint -> latest.put(fingerprint, number));
  }

  /** Forgets what no open transaction can conflict with, and more when there is too much. */
  void prune(long oldestBegan) {
    while (!past.isEmpty()
        && (past.getFirst().number <= oldestBegan || fingerprints > fingerprintsMax)) {
      Past first = past.removeFirst();
      forgottenUpTo = Math.max(forgottenUpTo, first.number);
      forget(first);
    }
  }

  private void forget(Past commit) {
    fingerprints -= commit.written.length;
    for (long fingerprint : commit.written) {
      latest.remove(fingerprint, commit.number);
    }
  }
}
