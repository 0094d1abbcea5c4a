package io.defradb.graphql.parse;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;

/** Makes the faults that no type tells, with the reference's texts. */
final class RequestFault {
  private RequestFault() {}

  static DefraException of(String text) {
    return new DefraException(ErrorCode.INVALID_REQUEST, text);
  }

  static DefraException of(String text, String key, Object value) {
    return new DefraException(ErrorCode.INVALID_REQUEST, text, key, value);
  }
}
