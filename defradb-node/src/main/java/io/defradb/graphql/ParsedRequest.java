package io.defradb.graphql;

import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.multiformats.Bytes;
import io.defradb.request.Request;
import java.util.List;

/** What became of a request's text: one of three. */
public sealed interface ParsedRequest {

  /** To be run. The same text gives the same object while the catalog stays as it is. */
  record Asked(Request request) implements ParsedRequest {}

  /** Answered already. {@code dataJson}: the JSON object that stands at {@code data}. */
  record Introspected(Bytes dataJson) implements ParsedRequest {}

  /** {@code messages}: what is wrong, at least one, each an entry of {@code errors}. */
  record Refused(List<String> messages) implements ParsedRequest {
    public Refused {
      messages = List.copyOf(messages);
    }
  }

  /** The request, for callers that take nothing else; throws INVALID_REQUEST otherwise. */
  default Request asked() {
    if (this instanceof Asked asked) {
      return asked.request();
    }
    String text =
        this instanceof Refused refused
            ? String.join("\n", refused.messages())
            : "an introspection cannot be run";
    throw new DefraException(ErrorCode.INVALID_REQUEST, text);
  }
}
