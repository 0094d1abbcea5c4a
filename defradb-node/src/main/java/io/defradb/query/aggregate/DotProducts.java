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
   * The dot product, of {@code Float32} in single precision; 0 for an unset source.
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
    boolean isSingle = !numbers.isEmpty() && numbers.get(0) instanceof Value.Float32;
    return new Value.Float64(
        isSingle ? singleProduct(numbers, vector) : doubleProduct(numbers, vector));
  }

  private static double singleProduct(List<Value> numbers, List<Double> vector) {
    float product = 0;
    for (int i = 0; i < numbers.size(); i++) {
      product += (float) Numbers.toDouble(numbers.get(i)) * vector.get(i).floatValue();
    }
    return product;
  }

  private static double doubleProduct(List<Value> numbers, List<Double> vector) {
    double product = 0;
    for (int i = 0; i < numbers.size(); i++) {
      product += Numbers.toDouble(numbers.get(i)) * vector.get(i);
    }
    return product;
  }
}
