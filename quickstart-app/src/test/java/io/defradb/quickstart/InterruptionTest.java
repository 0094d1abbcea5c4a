package io.defradb.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class InterruptionTest {
  @Test
  void givenWork_whenItIsInterrupted_thenItIsOverBeforeTheServersAreStopped() throws Exception {
    List<String> order = new CopyOnWriteArrayList<>();
    var made = new CompletableFuture<Interruption>();
    var never = new CountDownLatch(1);
    var work =
        new Thread(
            () -> {
              var interruption = new Interruption();
              made.complete(interruption);
              try {
                never.await();
              } catch (InterruptedException e) {
                order.add("work interrupted");
              }
              interruption.leave();
            });
    work.start();
    Interruption interruption = made.get(60, TimeUnit.SECONDS);

    assertThat(interruption.end()).isTrue();
    order.add("servers stopped");

    assertThat(order).containsExactly("work interrupted", "servers stopped");
    assertThat(interruption.hasCome()).isTrue();
    work.join();
  }

  @Test
  void givenWorkThatIsOver_whenTheProcessEnds_thenNobodyIsInterrupted() {
    var interruption = new Interruption();
    interruption.leave();

    assertThat(interruption.end()).isFalse();
    assertThat(interruption.hasCome()).isFalse();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void givenAnInterruptedThread_whenItSaysFarewell_thenTheCloseIsInPeaceAndTheInterruptionKept() {
    List<Boolean> seen = new CopyOnWriteArrayList<>();
    Thread.currentThread().interrupt();

    Farewell.say(() -> seen.add(Thread.currentThread().isInterrupted()));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(seen).containsExactly(false);
  }
}
