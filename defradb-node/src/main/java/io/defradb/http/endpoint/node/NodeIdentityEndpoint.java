package io.defradb.http.endpoint.node;

import io.defradb.document.JsonWriter;
import io.defradb.http.Answer;
import io.defradb.http.Endpoint;
import io.defradb.http.HttpCall;
import io.defradb.http.Method;
import io.defradb.http.Operation;

/** The public half of the identity that signs the node's commits; null without one. */
record NodeIdentityEndpoint(NodeControl node) implements Endpoint {
  @Override
  public Operation operation() {
    return Operation.api(
            Method.GET, "/node/identity", "node_identity", "acp", "The node's public identity")
        .answers(
            "{\"type\":\"object\",\"nullable\":true,\"properties\":"
                + "{\"PublicKey\":{\"type\":\"string\"},\"DID\":{\"type\":\"string\"}}}");
  }

  @Override
  public Answer answer(HttpCall call) {
    var json = new JsonWriter();
    node.identity()
        .ifPresentOrElse(
            identity ->
                json.beginObject()
                    .name("PublicKey")
                    .string(identity.publicKeyHex())
                    .name("DID")
                    .string(identity.did())
                    .endObject(),
            json::nullValue);
    return Answer.json(json);
  }
}
