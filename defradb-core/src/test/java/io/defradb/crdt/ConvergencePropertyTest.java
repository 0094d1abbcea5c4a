package io.defradb.crdt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.defradb.document.DocId;
import io.defradb.document.FieldKind;
import io.defradb.document.Value;
import io.defradb.document.ValueCbor;
import io.defradb.multiformats.Bytes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConvergencePropertyTest {
  private record Write(long priority, Bytes data) {}

  @ParameterizedTest
  @ValueSource(longs = {71, 72, 73})
  void givenTheSameWrites_whenMergedInAnyOrderAndRepeated_thenTheSameOneStays(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      List<Write> writes = new ArrayList<>();
      for (int left = random.nextInt(8); left >= 0; left--) {
        Value value = random.nextInt(4) == 0 ? Value.NULL : new Value.Int(random.nextInt(9) - 4);
        byte[] data = ValueCbor.encode(FieldKind.INT, value);
        writes.add(new Write(1 + random.nextInt(3), Bytes.wrap(data)));
      }
      Write once = merge(writes);
      writes.addAll(List.copyOf(writes));
      Collections.shuffle(writes, random);
      assertThat(merge(writes)).as("seed %d", seed).isEqualTo(once);
    }
  }

  private static Write merge(List<Write> writes) {
    Write current = new Write(0, ValueCbor.NULL);
    for (Write write : writes) {
      if (LwwRegister.wins(current.priority(), current.data(), write.priority(), write.data())) {
        current = write;
      }
    }
    return current;
  }

  @ParameterizedTest
  @CsvSource({"-5,5", "5,-6", "24,23"})
  void givenEqualPriorities_whenMerged_thenTheGreaterBytesStay(long a, long b) {
    Bytes first = Bytes.wrap(ValueCbor.encode(FieldKind.INT, new Value.Int(a)));
    Bytes second = Bytes.wrap(ValueCbor.encode(FieldKind.INT, new Value.Int(b)));
    boolean isFirstGreater = first.compareTo(second) > 0;
    assertThat(LwwRegister.wins(1, second, 1, first)).isEqualTo(isFirstGreater);
    assertThat(LwwRegister.wins(1, first, 1, second)).isEqualTo(!isFirstGreater);
    assertThat(LwwRegister.wins(1, first, 1, first)).isFalse();
    assertThat(LwwRegister.wins(-1, first, 1, second)).as("priorities have no sign").isFalse();
  }

  @ParameterizedTest
  @ValueSource(longs = {81, 82})
  void givenTheSameWholeIncrements_whenAddedInAnyOrder_thenTheSumIsTheSame(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      List<Value> increments = new ArrayList<>();
      for (int left = random.nextInt(20); left >= 0; left--) {
        increments.add(random.nextInt(9) == 0 ? Value.NULL : new Value.Int(random.nextLong()));
      }
      Value sum = sum(increments);
      Collections.shuffle(increments, random);
      assertThat(sum(increments)).as("seed %d", seed).isEqualTo(sum);
    }
  }

  private static Value sum(List<Value> increments) {
    Value value = Value.NULL;
    for (Value increment : increments) {
      value = Counter.add(CrdtType.PN_COUNTER, FieldKind.INT, value, increment);
    }
    return value;
  }

  @Test
  void givenANegativeIncrement_whenAddedToAGrowOnlyCounter_thenItIsRefused() {
    assertNegative(FieldKind.INT, new Value.Int(-2), "-2");
    assertNegative(FieldKind.FLOAT64, new Value.Float64(-0.25), "-0.25");
    assertNegative(FieldKind.FLOAT32, new Value.Float32(-0.1f), "-0.1");
    assertThat(
            Counter.add(CrdtType.P_COUNTER, FieldKind.FLOAT64, Value.NULL, new Value.Float64(-0.0)))
        .isEqualTo(new Value.Float64(0.0));
  }

  private static void assertNegative(FieldKind kind, Value increment, String shown) {
    assertThatThrownBy(() -> Counter.add(CrdtType.P_COUNTER, kind, Value.NULL, increment))
        .hasMessage("value cannot be negative. Value: " + shown);
  }

  @Test
  void givenADelete_whenMergedInAnyOrder_thenTheDocumentStaysDeleted() {
    var docId = new DocId("bae-0a24cf29-b2c2-5861-9d00-abd6250c475d");
    var update = new Delta.Composite(docId, 9, "v", Delta.Composite.ACTIVE);
    var delete = new Delta.Composite(docId, 2, "v", Delta.Composite.DELETED);
    assertThat(DocumentStatus.ACTIVE.merge(update).merge(delete)).isEqualTo(DocumentStatus.DELETED);
    assertThat(DocumentStatus.ACTIVE.merge(delete).merge(update)).isEqualTo(DocumentStatus.DELETED);
  }
}
