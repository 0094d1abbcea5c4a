package io.defradb.acp.policy;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;

/** Faults in the form in which users of access control know them: a text, a number and a type. */
public enum PolicyFault {
  UNAUTHORIZED(3, ErrorCode.FORBIDDEN),
  BAD_INPUT(4, ErrorCode.INVALID_ARGUMENT),
  OPERATION_FORBIDDEN(5, ErrorCode.INVALID_ARGUMENT),
  NOT_FOUND(6, ErrorCode.INVALID_ARGUMENT);

  private final int number;
  private final ErrorCode code;

  PolicyFault(int number, ErrorCode code) {
    this.number = number;
    this.code = code;
  }

  /** {@code context}: keys, each followed by its value. */
  public String text(String text, String... context) {
    var pairs = new StringBuilder();
    for (int i = 0; i < context.length; i += 2) {
      pairs.append(i == 0 ? "" : " ");
      pairs.append('{').append(context[i]).append(' ').append(context[i + 1]).append('}');
    }
    return text + ": code " + number + ": type " + name() + ": ctx={[" + pairs + "]}";
  }

  public DefraException of(String text, String... context) {
    return new DefraException(code, text(text, context));
  }
}
