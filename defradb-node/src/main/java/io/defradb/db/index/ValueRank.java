package io.defradb.db.index;

import io.defradb.document.DateTimes;
import io.defradb.document.FieldKind;
import io.defradb.document.Value;
import java.time.Instant;

/**
 * A number that stands for a value in comparisons: when one value is not less than another, its
 * rank is not less either. Different values can share a rank, so ranks find candidates only.
 */
final class ValueRank {
  private ValueRank() {}

  /** Whether values of this kind have ranks. */
  static boolean isFor(FieldKind kind) {
    return switch (kind) {
      case INT, FLOAT64, FLOAT32, DATE_TIME -> true;
      default -> false;
    };
  }

  /** {@code value}: of the field or to compare it with; not null. */
  static long of(FieldKind kind, Value value) {
    return switch (value.type()) {
      case INT -> ofNumber(kind, (double) ((Value.Int) value).value());
      case FLOAT64 -> ofNumber(kind, ((Value.Float64) value).value());
      case FLOAT32 -> ofNumber(kind, ((Value.Float32) value).value());
      case TEXT -> ofInstant(DateTimes.instant(((Value.Text) value).value()));
      case NULL, BOOL, LIST, MAP -> throw new IllegalArgumentException("no rank: " + value.type());
    };
  }

  /** Singles are compared as singles, all other numbers across their kinds as doubles. */
  private static long ofNumber(FieldKind kind, double number) {
    double compared = (kind == FieldKind.FLOAT32 ? (float) number : number) + 0.0;
    long bits = Double.doubleToLongBits(compared);
    return bits ^ (bits >> 63 & Long.MAX_VALUE);
  }

  private static long ofInstant(Instant instant) {
    return instant.getEpochSecond() * 1000 + instant.getNano() / 1_000_000;
  }
}
