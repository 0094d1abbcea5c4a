package io.defradb.query.aggregate;

import io.defradb.document.Value;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.query.filter.Numbers;
import java.util.List;

/** {@code _similarity}: how alike two vectors are. */
public final class DotProducts {
  private DotProducts() {}

  /**
   * The dot product; 0 for an unset source.
   *
   * @throws DefraException INVALID_REQUEST when the lengths differ
   */
  public static Value of(Value source, List<Double> vector) {
    if (!(source instanceof Value.Items items)) {
      return new Value.Float64(0);
    }
    List<Value> numbers = items.values();
    if (numbers.size() != vector.size()) {
      throw new DefraException(
          ErrorCode.INVALID_REQUEST,
          "source and vector must be of the same length",
          "Source",
          numbers.size(),
          "Vector",
          vector.size());
    }
    double product = 0;
    for (int i = 0; i < numbers.size(); i++) {
      product += Numbers.toDouble(numbers.get(i)) * vector.get(i);
    }
    return new Value.Float64(product);
  }
}
