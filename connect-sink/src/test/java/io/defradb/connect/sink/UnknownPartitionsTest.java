package io.defradb.connect.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.defradb.connect.sink.UnknownPartitions.Verdict;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class UnknownPartitionsTest {
  private static final TopicPartition ORDERS = new TopicPartition("orders", 0);

  private final UnknownPartitions unknown = new UnknownPartitions();

  @Test
  void givenDeliveryFromTheFirstOffset_whenJudged_thenNothingIsMissing() {
    unknown.add(ORDERS);
    assertThat(unknown.judge(ORDERS, 0)).isEqualTo(Verdict.TAKE);
    assertThat(unknown.isToRewind(ORDERS, 0)).isFalse();
  }

  @Test
  void givenATopicThatKeepsNothingBefore_whenTheBeginningIsAskedFor_thenTheRecordIsTaken() {
    unknown.add(ORDERS);
    assertThat(unknown.judge(ORDERS, 300)).isEqualTo(Verdict.REWIND);
    unknown.add(ORDERS, 300);
    assertThat(unknown.judge(ORDERS, 300)).isEqualTo(Verdict.TAKE);
    assertThat(unknown.isToRewind(ORDERS, 301)).as("asked once").isFalse();
  }

  @Test
  void givenRecordsBefore_whenTheBeginningIsAskedFor_thenAnotherNodeHasThem() {
    unknown.add(ORDERS);
    assertThat(unknown.isToRewind(ORDERS, 300)).isTrue();
    unknown.add(ORDERS, 300);
    assertThat(unknown.judge(ORDERS, 120)).isEqualTo(Verdict.REFUSE);
    assertThat(unknown.begun(ORDERS)).isEqualTo(300);
  }

  @Test
  void givenAPartitionThatTheNodeKnows_whenJudged_thenEveryOffsetIsTaken() {
    unknown.add(ORDERS);
    unknown.taken(ORDERS);
    assertThat(unknown.judge(ORDERS, 7)).isEqualTo(Verdict.TAKE);
  }
}
