package io.defradb.db.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SharedWorkTest {
  private static final int CORES = 2;

  @Test
  void givenAHelperThatNeverComes_whenShared_thenTheCallerMakesEverything() {
    var helpers = new Helpers(task -> {}, CORES);

    assertThat(helpers.share(new SharedWork<>(6, i -> i * i))).containsExactly(0, 1, 4, 9, 16, 25);
  }

  @Test
  void givenAHelperThatComesTooLate_whenItRuns_thenNothingIsMadeTwice() {
    List<Runnable> late = new ArrayList<>();
    var made = new AtomicInteger();

    new Helpers(late::add, CORES).share(new SharedWork<>(6, i -> made.incrementAndGet()));
    late.forEach(Runnable::run);

    assertThat(late).hasSize(1);
    assertThat(made).hasValue(6);
  }

  @Test
  void givenAHelper_whenShared_thenBothMakeItemsAndTheirOrderStays() {
    var executor = Executors.newSingleThreadExecutor();
    var both = new CountDownLatch(2); // neither item ends before the other has begun
    try {
      var work =
          new SharedWork<>(
              2,
              i -> {
                both.countDown();
                awaitZero(both);
                return i;
              });

      assertThat(new Helpers(executor, CORES).share(work)).containsExactly(0, 1);
    } finally {
      executor.shutdown();
    }
  }

  @Test
  void givenEveryCoreAtWork_whenShared_thenNobodyIsCalled() {
    var called = new AtomicInteger();
    var helpers = new Helpers(task -> called.incrementAndGet(), CORES);

    helpers.busy(
        () -> {
          helpers.share(new SharedWork<>(4, i -> i));
          assertThat(called).as("one core is idle").hasValue(1);
          helpers.busy(() -> helpers.share(new SharedWork<>(4, i -> i)));
          assertThat(called).as("no core is idle").hasValue(1);
        });
  }

  @Test
  void givenAnItemThatFails_whenShared_thenTheFailureIsTheCallers() {
    var work =
        new SharedWork<>(
            4,
            i -> {
              if (i == 2) {
                throw new IllegalStateException("item " + i);
              }
              return i;
            });

    assertThatThrownBy(() -> Helpers.NONE.share(work)).hasMessage("item 2");
  }

  private static void awaitZero(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
