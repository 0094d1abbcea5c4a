package io.defradb.connect.source.offset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LaneOffsetTest {
  private static final SnapshotParts PARTS =
      new SnapshotParts(
          List.of(new SnapshotParts.Part(10, "bae-5"), new SnapshotParts.Part(20, "")));

  @Test
  void givenEveryState_whenStoredAndRead_thenItIsTheSame() {
    for (LaneOffset offset :
        List.of(
            new LaneOffset.Streaming("f", 0, 0, SnapshotParts.NONE),
            new LaneOffset.Streaming("f", 7, 3, PARTS),
            new LaneOffset.Snapshotting("f", SnapshotParts.startedAt(4), ""),
            new LaneOffset.Snapshotting("f", PARTS, "bae-7"))) {
      assertThat(LaneOffset.parse(offset.toMap())).isEqualTo(offset);
    }
  }

  /** The stored shape of the first release: it must stay readable for ever. */
  @Test
  void givenTheFirstReleasedShape_whenRead_thenItIsUnderstood() {
    assertThat(new TreeMap<>(new LaneOffset.Streaming("f", 7, 3, PARTS).toMap()))
        .hasToString("{feedId=f, index=3, parts=10:bae-5,20:, seq=7}");
    assertThat(new TreeMap<>(new LaneOffset.Snapshotting("f", PARTS, "bae-7").toMap()))
        .hasToString("{feedId=f, lastDocID=bae-7, parts=10:bae-5,20:}");
  }

  @Test
  void givenAnEntry_whenAPartShowedItAlready_thenItIsCovered() {
    assertThat(PARTS.covers("bae-3", 10)).isTrue();
    assertThat(PARTS.covers("bae-3", 11)).isFalse();
    assertThat(PARTS.covers("bae-5", 10)).isTrue();
    assertThat(PARTS.covers("bae-6", 11)).isTrue();
    assertThat(PARTS.covers("bae-6", 21)).isFalse();
    assertThat(SnapshotParts.NONE.covers("bae-6", 1)).isFalse();
  }

  @Test
  void givenAnInterruptedSnapshot_whenResumed_thenItsOpenPartEndsAtTheLastDocument() {
    SnapshotParts resumed = SnapshotParts.startedAt(10).resumed("bae-5", 20);
    assertThat(resumed).isEqualTo(PARTS);
    assertThat(SnapshotParts.startedAt(10).resumed("", 20)).isEqualTo(SnapshotParts.startedAt(20));
  }

  @Test
  void givenWhatAnOperatorMistyped_whenRead_thenTheReasonIsSaid() {
    assertThatThrownBy(() -> LaneOffset.parse(Map.of("seq", 3))).hasMessageContaining("feedId");
    assertThatThrownBy(() -> LaneOffset.parse(Map.of("feedId", "f", "seq", -1)))
        .hasMessageContaining("seq");
    assertThatThrownBy(() -> Lane.parse(Map.of("source", "s", "collection", "c", "shard", "2/2")))
        .hasMessageContaining("i/n");
    assertThat(new Lane("s", "c", 1, 2).toPartition())
        .as("Connect compares partitions as text")
        .hasToString("{source=s, collection=c, shard=1/2}");
    assertThat(Lane.parse(new Lane("s", "c", 1, 2).toPartition()))
        .isEqualTo(new Lane("s", "c", 1, 2));
  }
}
