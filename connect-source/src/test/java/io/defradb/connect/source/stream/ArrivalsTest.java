package io.defradb.connect.source.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
  private static final Duration LONG = Duration.ofMinutes(5);

  private final Arrivals arrivals = new Arrivals();

  @Test
  void givenAnArrivalBetweenLookAndWait_whenAwaited_thenItIsNotMissed() throws Exception {
    long seen = arrivals.count();
    arrivals.add();
    arrivals.awaitAfter(seen, LONG);
    assertThat(arrivals.count()).isEqualTo(seen + 1);
  }

  @Test
  void givenAWait_whenSomethingArrives_thenItEndsAtOnce() throws Exception {
    long seen = arrivals.count();
    CompletableFuture<Void> waiter =
        CompletableFuture.runAsync(
            () -> assertThatCode(() -> arrivals.awaitAfter(seen, LONG)).doesNotThrowAnyException());
    arrivals.add();
    waiter.get(60, TimeUnit.SECONDS);
  }

  @Test
  void givenNothing_whenTimeIsUp_thenTheWaitEnds() throws Exception {
    arrivals.awaitAfter(arrivals.count(), Duration.ofMillis(1));
    assertThat(arrivals.count()).isZero();
  }
}
