package io.defradb.graphql.syntax;

import io.defradb.error.ErrorCode;

/** What a text is meant to be: how its syntax faults name it, and which code they have. */
public enum Dialect {
  REQUEST("GraphQL request", ErrorCode.INVALID_REQUEST),
  SDL("GraphQL", ErrorCode.INVALID_SCHEMA),
  /** A single literal, as filters come by other doors. */
  LITERAL("GraphQL", ErrorCode.INVALID_ARGUMENT);

  private final String title;
  private final ErrorCode code;

  Dialect(String title, ErrorCode code) {
    this.title = title;
    this.code = code;
  }

  String title() {
    return title;
  }

  ErrorCode code() {
    return code;
  }
}
