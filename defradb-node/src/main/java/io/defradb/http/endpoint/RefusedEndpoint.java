package io.defradb.http.endpoint;

import io.defradb.error.DefraException;
import io.defradb.http.Answer;
import io.defradb.http.Endpoint;
import io.defradb.http.HttpCall;
import io.defradb.http.Operation;

/** An operation of a part of the node that is switched off: it says so. */
public record RefusedEndpoint(Operation operation, DefraException refusal) implements Endpoint {
  @Override
  public Answer answer(HttpCall call) {
    throw new DefraException(refusal.code(), refusal.text());
  }
}
