package io.defradb.http;

import io.defradb.document.JsonWriter;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;

/** Failures as answers. */
final class ErrorAnswers {
  private ErrorAnswers() {}

  static Answer of(DefraException failure, Operation.ErrorForm form) {
    if (failure.code() == ErrorCode.BUSY || failure.code() == ErrorCode.TOO_LARGE) {
      return coded(status(failure.code()), failure.getMessage(), failure.code());
    }
    return switch (form) {
      case PLAIN -> plain(400, failure.getMessage());
      case CODED -> coded(status(failure.code()), failure.getMessage(), failure.code());
    };
  }

  static Answer busy() {
    return coded(503, "the node is busy, try again", ErrorCode.BUSY);
  }

  static Answer tooLarge(long bytesMax) {
    return coded(
        413,
        "request body is larger than the node accepts. MaxBytes: " + bytesMax,
        ErrorCode.TOO_LARGE);
  }

  static Answer unexpected(String requestId) {
    return coded(500, "internal error. RequestID: " + requestId, ErrorCode.INTERNAL);
  }

  static Answer plain(int status, String message) {
    var json = new JsonWriter();
    json.beginObject().name("error").string(message).endObject();
    return Answer.json(status, json);
  }

  private static Answer coded(int status, String message, ErrorCode code) {
    var json = new JsonWriter();
    json.beginObject().name("error").string(message).name("code").string(code.name()).endObject();
    return Answer.json(status, json);
  }

  private static int status(ErrorCode code) {
    return switch (code.category()) {
      case NOT_FOUND -> 404;
      case INVALID -> 400;
      case REFUSED -> 409;
      case GONE -> 410;
      case FORBIDDEN -> 403;
      case TOO_LARGE -> 413;
      case RETRY -> code == ErrorCode.TXN_CONFLICT ? 409 : 503;
      case INTERNAL -> 500;
    };
  }
}
