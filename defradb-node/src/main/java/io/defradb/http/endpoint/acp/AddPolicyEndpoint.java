package io.defradb.http.endpoint.acp;

import io.defradb.document.JsonWriter;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.http.Answer;
import io.defradb.http.Endpoint;
import io.defradb.http.HttpCall;
import io.defradb.http.Method;
import io.defradb.http.Operation;

/** Adds a policy. */
record AddPolicyEndpoint() implements Endpoint {
  @Override
  public Operation operation() {
    return AcpEndpoints.operation(
            Method.POST, "/acp/document/policy", "add dac policy", "Add a policy")
        .textBody("{\"type\":\"string\"}")
        .answers("{\"type\":\"object\",\"properties\":{\"PolicyID\":{\"type\":\"string\"}}}");
  }

  @Override
  public Answer answer(HttpCall call) {
    String text = call.bodyText();
    return call.transact(
        false,
        transaction -> {
          try {
            String id = transaction.access().addPolicy(call.asker(), text);
            return Answer.json(
                new JsonWriter().beginObject().name("PolicyID").string(id).endObject());
          } catch (DefraException refused) {
            if (refused.code() != ErrorCode.INVALID_ARGUMENT) {
              throw refused;
            }
            // Returned, so that the number that it used up is stored.
            return Answer.error(400, refused.getMessage());
          }
        });
  }
}
