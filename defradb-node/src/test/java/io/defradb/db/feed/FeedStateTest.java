package io.defradb.db.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.defradb.storage.KeyValueStore;
import io.defradb.storage.KeyValueStore.Durability;
import io.defradb.storage.memory.MemoryStore;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** When numbers keep their meaning, and when there is a new feed. */
class FeedStateTest {
  private final KeyValueStore store = new MemoryStore();
  private final Random random = new Random(1);

  private FeedState open(Durability durability, String bootId) {
    return FeedState.open(store, durability, bootId, random);
  }

  @Test
  void aCleanStopKeepsTheFeedWhateverHappensToTheMachine() {
    FeedState first = open(Durability.OS, "boot1");
    first.close();
    assertThat(open(Durability.OS, "boot2").feedId()).isEqualTo(first.feedId());
  }

  @Test
  void aKillOnARunningMachineKeepsTheFeed() {
    FeedState first = open(Durability.OS, "boot1");
    assertThat(open(Durability.OS, "boot1").feedId()).isEqualTo(first.feedId());
  }

  @Test
  void aRebootWithoutACleanStopMakesANewFeed() {
    FeedState first = open(Durability.OS, "boot1");
    FeedState second = open(Durability.OS, "boot2");
    assertThat(second.feedId()).isNotEqualTo(first.feedId());
    second.close();
    assertThat(open(Durability.OS, "boot3").feedId()).isEqualTo(second.feedId());
  }

  @Test
  void aCleanStopDoesNotCoverTheNextRun() {
    open(Durability.OS, "boot1").close();
    FeedState second = open(Durability.OS, "boot2");
    assertThat(open(Durability.OS, "boot3").feedId()).isNotEqualTo(second.feedId());
  }

  @Test
  void syncedWritesLoseNoNumber() {
    FeedState first = open(Durability.SYNC, "boot1");
    assertThat(open(Durability.SYNC, "boot2").feedId()).isEqualTo(first.feedId());
  }

  @Test
  void whatCountsIsHowTheLastRunWrote() {
    FeedState first = open(Durability.OS, "boot1");
    assertThat(open(Durability.SYNC, "boot2").feedId()).isNotEqualTo(first.feedId());
  }

  @Test
  void whenTheBootIsNotKnownEveryUncleanStopCounts() {
    FeedState first = open(Durability.OS, "");
    assertThat(open(Durability.OS, "").feedId()).isNotEqualTo(first.feedId());
  }

  @Test
  void aRenewedFeedIsKeptAndAnotherStoreHasAnother() {
    FeedState state = open(Durability.OS, "boot1");
    String before = state.feedId();
    state.renew();
    assertThat(state.feedId()).isNotEqualTo(before);
    state.close();
    assertThat(open(Durability.OS, "boot1").feedId()).isEqualTo(state.feedId());
    assertThat(FeedState.open(new MemoryStore(), Durability.OS, "boot1", random).feedId())
        .isNotEqualTo(state.feedId());
  }
}
