package io.defradb.connect.sink.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PartitionQueueTest {
  private static final Partition ORDERS = new Partition("orders", 0);
  private static final String STORED = RecordDigest.of(pending(7, 1000L, "a").record());

  @Test
  void givenTheStoredRecordAgain_whenAdded_thenItIsKnownAndOnlyWhatFollowsWaits() {
    PartitionQueue queue = at(7, STORED);
    queue.add(pending(7, 1000L, "a"));
    queue.add(pending(8, 1001L, "b"));
    assertThat(queue.size()).isEqualTo(1);
    assertThat(queue.storedOffset()).isEqualTo(7);
  }

  @Test
  void givenAnotherRecordAtTheStoredOffset_whenAdded_thenItIsRefusedWithBothShown() {
    assertThatThrownBy(() -> at(7, STORED).add(pending(7, 2000L, "a")))
        .isInstanceOf(ForeignRecord.class)
        .hasMessageContaining("orders-0")
        .hasMessageContaining("1000 ")
        .hasMessageContaining("2000 ");
  }

  @Test
  void givenATransformThatChangedTheContent_whenTheTimeIsTheSame_thenTheRecordIsTheSame() {
    PartitionQueue queue = at(7, STORED);
    queue.add(pending(7, 1000L, "changed by a transform"));
    assertThat(queue.size()).isZero();
  }

  @Test
  void givenNoTimes_whenTheContentDiffers_thenTheRecordIsRefused() {
    String stored = RecordDigest.of(pending(7, null, Map.of("x", 1, "y", 2)).record());
    at(7, stored).add(pending(7, null, Map.of("y", 2, "x", 1)));
    assertThatThrownBy(() -> at(7, stored).add(pending(7, null, Map.of("x", 1, "y", 3))))
        .isInstanceOf(ForeignRecord.class);
  }

  @Test
  void givenACompactedTopic_whenTheStoredRecordIsGone_thenDeliveryGoesOn() {
    PartitionQueue queue = at(7, STORED);
    queue.add(pending(9, 2000L, "c"));
    assertThat(queue.size()).isEqualTo(1);
  }

  @Test
  void givenOffsetsThatGoBack_whenAdded_thenTheyAreRefusedAndNotPassedOver() {
    PartitionQueue queue = at(7, STORED);
    assertThatThrownBy(() -> queue.add(pending(0, 1000L, "a"))).isInstanceOf(ForeignRecord.class);
    PartitionQueue fresh =
        new PartitionQueue(ORDERS, KnownPosition.none(TopicIdentity.UNKNOWN, "f"));
    fresh.add(pending(5, 1L, "a"));
    assertThatThrownBy(() -> fresh.add(pending(5, 1L, "a"))).isInstanceOf(ForeignRecord.class);
  }

  private static PartitionQueue at(long offset, String digest) {
    return new PartitionQueue(
        ORDERS, KnownPosition.stored(TopicIdentity.UNKNOWN, "f", offset, digest));
  }

  private static Pending pending(long offset, @Nullable Long time, Object value) {
    return new Pending(
        new SinkRecord(
            "orders", 0, null, "k", null, value, offset, time, TimestampType.CREATE_TIME),
        null);
  }
}
