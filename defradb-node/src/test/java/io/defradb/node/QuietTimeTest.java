package io.defradb.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class QuietTimeTest {
  private final AtomicLong lastSeq = new AtomicLong(5_000);
  private final AtomicInteger tidied = new AtomicInteger();
  private final QuietTime quiet = new QuietTime(lastSeq::get, tidied::incrementAndGet);

  @Test
  void givenWhatWasThereAtTheStart_whenNothingIsCommitted_thenNothingIsTidied() {
    quiet.run();
    quiet.run();

    assertThat(tidied).hasValue(0);
  }

  @Test
  void givenManyCommits_whenTheyGoOn_thenNothingIsTidiedUntilTheyEnd() {
    for (int i = 0; i < 5; i++) {
      lastSeq.addAndGet(QuietTime.COMMITS_MIN);
      quiet.run();
      assertThat(tidied).hasValue(0);
    }
    quiet.run();
    quiet.run();

    assertThat(tidied).as("once").hasValue(1);
  }

  @Test
  void givenFewCommits_whenQuiet_thenTheyWaitForMore() {
    lastSeq.addAndGet(QuietTime.COMMITS_MIN - 1);
    quiet.run();
    quiet.run();
    assertThat(tidied).hasValue(0);

    lastSeq.incrementAndGet();
    quiet.run();
    quiet.run();
    assertThat(tidied).hasValue(1);
  }
}
