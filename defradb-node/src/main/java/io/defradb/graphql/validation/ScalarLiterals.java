package io.defradb.graphql.validation;

import io.defradb.document.DateTimes;
import io.defradb.error.DefraException;
import io.defradb.graphql.syntax.Literal;

/**
 * Which literals a scalar takes: the exact type, but whole numbers where fractions may stand. Int
 * takes 64 bits (the reference 32: docs/compatibility).
 */
final class ScalarLiterals {
  private ScalarLiterals() {}

  static boolean isOf(String scalar, Literal literal) {
    return switch (scalar) {
      case "Int" -> literal instanceof Literal.Int number && isLong(number.digits());
      case "Float", "Float64" -> isNumber(literal, false);
      case "Float32" -> isNumber(literal, true);
      case "Boolean" -> literal instanceof Literal.Bool;
      case "String" -> literal instanceof Literal.Text;
      case "ID" -> literal instanceof Literal.Text || literal instanceof Literal.Int;
      case "DateTime" -> literal instanceof Literal.Text text && isDateTime(text.value());
      case "Blob" -> literal instanceof Literal.Text text && Hex.isHex(text.value());
      case "JSON" ->
          literal instanceof Literal.Int number
              ? isLong(number.digits())
              : !(literal instanceof Literal.Float) || isNumber(literal, false);
      default -> true;
    };
  }

  private static boolean isDateTime(String text) {
    try {
      DateTimes.canonical(text);
      return true;
    } catch (DefraException notOne) {
      return false;
    }
  }

  private static boolean isLong(String digits) {
    try {
      Long.parseLong(digits);
      return true;
    } catch (NumberFormatException tooLong) {
      return false;
    }
  }

  private static boolean isNumber(Literal literal, boolean isSingle) {
    String digits =
        literal instanceof Literal.Int whole
            ? whole.digits()
            : literal instanceof Literal.Float fraction ? fraction.digits() : null;
    if (digits == null) {
      return false;
    }
    return isSingle
        ? Float.isFinite(Float.parseFloat(digits))
        : Double.isFinite(Double.parseDouble(digits));
  }
}
