package io.defradb.http.endpoint.ingest;

import io.defradb.db.ingest.Ingest;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.http.Answer;
import io.defradb.http.Endpoint;
import io.defradb.http.HttpCall;
import io.defradb.http.Method;
import io.defradb.http.Operation;

/** Forgets the position of one source partition, so that its records can be applied again. */
final class ForgetPositionEndpoint implements Endpoint {
  private static final String TEXT = "{\"type\":\"string\"}";

  private final Ingest ingest;

  ForgetPositionEndpoint(Ingest ingest) {
    this.ingest = ingest;
  }

  @Override
  public Operation operation() {
    return Operation.api(
            Method.DELETE,
            "/ingest/positions",
            "ingest_position_delete",
            "ingest",
            "Forget how far a partition of an external source has been applied")
        .query("sink", "its sink", TEXT)
        .query("topic", "its topic", TEXT)
        .query("partition", "its number", "{\"type\":\"integer\"}")
        .codedErrors();
  }

  @Override
  public Answer answer(HttpCall call) {
    ingest.forget(required(call, "sink"), required(call, "topic"), partition(call));
    return Answer.empty();
  }

  private static int partition(HttpCall call) {
    String text = required(call, "partition");
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new DefraException(
          ErrorCode.INVALID_ARGUMENT, "partition is no number", "Partition", text);
    }
  }

  private static String required(HttpCall call, String name) {
    String text = call.query(name);
    if (text == null || text.isEmpty()) {
      throw new DefraException(ErrorCode.INVALID_ARGUMENT, "member is missing", "Name", name);
    }
    return text;
  }
}
