package io.defradb.graphql.parse;

import io.defradb.document.DateTimes;
import io.defradb.document.Value;
import io.defradb.error.DefraException;
import io.defradb.graphql.validation.Hex;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Coerces one value of a JSON parser to a scalar type, as loosely as the reference: Int takes 1.5
 * (cut), "5" and true; String takes everything, as its parser prints it; Boolean takes "true" and
 * 1, and is false for lists and objects.
 */
final class LooseScalars {
  private LooseScalars() {}

  /** {@code null}: it does not fit. */
  static @Nullable Value coerce(String scalar, Object input) {
    return switch (scalar) {
      case "Int" -> whole(input);
      case "Float", "Float64" -> {
        Double number = number(input);
        yield number == null || !Double.isFinite(number) ? null : new Value.Float64(number);
      }
      case "Float32" -> single(input);
      case "Boolean" -> bool(input);
      case "String", "ID" -> new Value.Text(print(input));
      case "DateTime" -> dateTime(input);
      case "Blob" -> input instanceof String text && Hex.isHex(text) ? new Value.Text(text) : null;
      default -> json(input);
    };
  }

  private static boolean isScalar(Object input) {
    return input instanceof String || input instanceof Number || input instanceof Boolean;
  }

  private static @Nullable Value whole(Object input) {
    if (input instanceof Integer || input instanceof Long) {
      return new Value.Int(((Number) input).longValue());
    }
    if (input instanceof Boolean flag) {
      return new Value.Int(flag ? 1 : 0);
    }
    BigInteger whole;
    try {
      whole = isScalar(input) ? decimal(input).toBigInteger() : null;
    } catch (NumberFormatException notOne) {
      return null;
    }
    return whole == null || whole.bitLength() > 63 ? null : new Value.Int(whole.longValue());
  }

  /** Exponents of a decimal could make a number of any size: they are cut before. */
  private static BigDecimal decimal(Object input) {
    var decimal = new BigDecimal(input.toString());
    if (decimal.precision() - (long) decimal.scale() > 40) {
      throw new NumberFormatException("beyond 64 bits");
    }
    return decimal;
  }

  private static @Nullable Value single(Object input) {
    Double number = number(input);
    if (number == null) {
      return null;
    }
    // A text is parsed as a single at once: by way of a double it could round twice.
    float value = input instanceof String text ? Float.parseFloat(text) : number.floatValue();
    return Float.isFinite(value) ? new Value.Float32(value) : null;
  }

  private static @Nullable Double number(Object input) {
    if (input instanceof Boolean flag) {
      return flag ? 1.0 : 0.0;
    }
    if (input instanceof Number number) {
      return number.doubleValue();
    }
    try {
      return input instanceof String text && !isPadded(text) ? Double.valueOf(text) : null;
    } catch (NumberFormatException notOne) {
      return null;
    }
  }

  /** Java's parser takes blanks around a number and letters of Java's types after it. */
  private static boolean isPadded(String text) {
    return !text.equals(text.strip()) || (!text.startsWith("0x") && text.matches(".*\\d[dDfF]"));
  }

  private static Value bool(Object input) {
    if (input instanceof Boolean flag) {
      return Value.Bool.of(flag);
    }
    if (input instanceof Number number) {
      return Value.Bool.of(number.doubleValue() != 0);
    }
    return Value.Bool.of(input instanceof String text && !text.isEmpty() && !text.equals("false"));
  }

  private static @Nullable Value dateTime(Object input) {
    if (!(input instanceof String text)) {
      return null;
    }
    try {
      return new Value.Text(DateTimes.canonical(text));
    } catch (DefraException notOne) {
      return null;
    }
  }

  /** Any JSON value as it is; every number is a float. */
  static Value json(@Nullable Object input) {
    if (input instanceof Boolean flag) {
      return Value.Bool.of(flag);
    }
    if (input instanceof Number number) {
      return new Value.Float64(number.doubleValue());
    }
    if (input instanceof List<?> list) {
      var items = new ArrayList<Value>(list.size());
      list.forEach(it -> items.add(json(it)));
      return new Value.Items(items);
    }
    if (input instanceof Map<?, ?> object) {
      var fields = new TreeMap<String, Value>();
      object.forEach((name, value) -> fields.put(String.valueOf(name), json(value)));
      return new Value.Fields(fields);
    }
    return input == null ? Value.NULL : new Value.Text(input.toString());
  }

  /** As messages show it, and as it becomes a text: {@code map[a:1 b:[x <nil>]]}. */
  static String print(@Nullable Object input) {
    if (input instanceof List<?> list) {
      return list.stream().map(LooseScalars::print).collect(Collectors.joining(" ", "[", "]"));
    }
    if (input instanceof Map<?, ?> object) {
      return new TreeMap<>(object)
          .entrySet().stream()
              .map(it -> it.getKey() + ":" + print(it.getValue()))
              .collect(Collectors.joining(" ", "map[", "]"));
    }
    if (input instanceof Integer || input instanceof Long) {
      return whole(((Number) input).longValue());
    }
    if (input instanceof Number number) {
      return GoNumbers.print(number.doubleValue());
    }
    return input == null ? "<nil>" : input.toString();
  }

  /** All that a double holds exactly reads as one does; larger numbers keep their digits. */
  private static String whole(long number) {
    double nearest = (double) number;
    return (long) nearest == number ? GoNumbers.print(nearest) : Long.toString(number);
  }
}
