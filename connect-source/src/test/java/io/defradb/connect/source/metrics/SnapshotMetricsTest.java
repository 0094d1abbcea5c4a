package io.defradb.connect.source.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class SnapshotMetricsTest {
  private Instant now = Instant.parse("2026-01-02T03:04:05Z");
  private final SnapshotMetrics metrics =
      new SnapshotMetrics(new SetClock(), new QueueMetrics(), new String[] {"User"});

  @Test
  void givenPauses_whenTimeGoesBy_thenTheyAddUpAndTheLastOneCountsWhileItLasts() {
    metrics.began(1);
    metrics.paused(true);
    pass(3);
    metrics.paused(true); // told twice
    pass(1);
    metrics.paused(false);
    pass(10);
    metrics.paused(false);
    assertThat(metrics.getSnapshotPausedDurationInSeconds()).isEqualTo(4);
    metrics.paused(true);
    pass(2);
    assertThat(metrics.getSnapshotPausedDurationInSeconds()).isEqualTo(6);
    assertThat(metrics.getSnapshotDurationInSeconds()).isEqualTo(16);
  }

  @Test
  void givenChunks_whenRead_thenTheLastOnesEndsAreTold_untilTheSnapshotIsOver() {
    metrics.began(1);
    metrics.chunkRead("bae-3");
    assertThat(metrics.getChunkFrom()).isEmpty();
    metrics.chunkRead("bae-7");
    assertThat(metrics.getChunkFrom()).isEqualTo("bae-3");
    assertThat(metrics.getChunkTo()).isEqualTo("bae-7");
    metrics.laneDone();
    assertThat(metrics.getChunkFrom()).isEmpty();
    assertThat(metrics.getChunkTo()).isEmpty();
    assertThat(metrics.isSnapshotCompleted()).isTrue();
  }

  private void pass(long seconds) {
    now = now.plusSeconds(seconds);
  }

  private final class SetClock extends Clock {
    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
