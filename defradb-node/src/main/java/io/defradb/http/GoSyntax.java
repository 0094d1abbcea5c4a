package io.defradb.http;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;

/** Readings of parameters, with the texts that users of the reference know. */
final class GoSyntax {
  private GoSyntax() {}

  static boolean isTrue(String text) {
    return switch (text) {
      case "1", "t", "T", "true", "TRUE", "True" -> true;
      default -> false;
    };
  }

  static boolean parseBool(String text) {
    if (isTrue(text)) {
      return true;
    }
    return switch (text) {
      case "0", "f", "F", "false", "FALSE", "False" -> false;
      default ->
          throw new DefraException(
              ErrorCode.INVALID_ARGUMENT,
              "strconv.ParseBool: parsing \"" + text + "\": invalid syntax");
    };
  }
}
