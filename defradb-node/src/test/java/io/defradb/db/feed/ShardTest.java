package io.defradb.db.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.defradb.error.DefraException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardTest {
  @Test
  void everyDocumentIsInExactlyOneShard() {
    for (int i = 0; i < 1000; i++) {
      String docId = "bae-" + i;
      int holders = 0;
      for (int shard = 0; shard < 7; shard++) {
        holders += new Shard(shard, 7).contains(docId) ? 1 : 0;
      }
      assertThat(holders).isEqualTo(1);
    }
  }

  /** CRC-32 of "123456789" is cbf43926, by the check value of ISO 3309. */
  @Test
  void theShardIsTheRemainderOfTheCrc() {
    assertThat(new Shard((int) (0xcbf43926L % 10), 10).contains("123456789")).isTrue();
  }

  @Test
  void whatHasNoDocIdIsInTheFirst() {
    assertThat(new Shard(0, 3).contains(null)).isTrue();
    assertThat(new Shard(1, 3).contains(null)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "1", "/", "2/2", "-1/2", "0/0", "a/b", "0/1/2", "9999999999/9999999999"})
  void whatIsNoShardIsRefused(String text) {
    assertThatThrownBy(() -> Shard.parse(text)).isInstanceOf(DefraException.class);
  }
}
