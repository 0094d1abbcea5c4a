package io.defradb.http.endpoint.graphql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.defradb.document.JsonWriter;
import io.defradb.error.DefraException;
import io.defradb.error.ErrorCode;
import io.defradb.http.Answer;
import io.defradb.http.Endpoint;
import io.defradb.http.HttpCall;
import io.defradb.http.JsonBody;
import io.defradb.http.JsonShape;
import io.defradb.http.Method;
import io.defradb.http.Operation;
import java.util.HexFormat;

/** A GraphQL request in the wrapping of a CCIP gateway (EIP-3668): hex in, hex out. */
record CcipEndpoint(GraphqlService service, Method method) implements Endpoint {
  private static final JsonShape SHAPE =
      JsonShape.of("http.CCIPRequest").text("sender").text("data");

  private static final String TEXT = "{\"type\":\"string\"}";
  private static final String REQUEST =
      "{\"type\":\"object\",\"properties\":{\"sender\":{\"type\":\"string\"},"
          + "\"data\":{\"type\":\"string\"}}}";
  private static final String ANSWER =
      "{\"type\":\"object\",\"properties\":{\"data\":{\"type\":\"string\"}}}";

  @Override
  public Operation operation() {
    if (method == Method.GET) {
      return Operation.api(
              method, "/ccip/{sender}/{data}", "ccip_get", "ccip", "Run a request of a gateway")
          .pathParameter("data", "Hex of the request", TEXT)
          .pathParameter("sender", "Who asks the gateway", TEXT)
          .answers(ANSWER);
    }
    return Operation.api(method, "/ccip", "ccip_post", "ccip", "Run a request of a gateway")
        .jsonBody(REQUEST)
        .answers(ANSWER);
  }

  @Override
  public Answer answer(HttpCall call) {
    String data =
        method == Method.GET
            ? call.pathParameter("data")
            : JsonBody.text(call.bodyJson(SHAPE), "data");
    JsonNode request = JsonBody.parse(decode(data));
    var text =
        new GraphqlText(JsonBody.text(request, "query"), "", JsonNodeFactory.instance.objectNode());
    GraphqlService.Outcome outcome = service.run(call, text);
    if (outcome instanceof GraphqlService.Outcome.Answered answered) {
      JsonWriter json = answered.json();
      byte[] answer = json.toBytes();
      return Answer.json(
          new JsonWriter()
              .beginObject()
              .name("data")
              .string("0x" + HexFormat.of().formatHex(answer))
              .endObject());
    }
    throw new DefraException(ErrorCode.UNSUPPORTED, "streaming not supported");
  }

  private static byte[] decode(String data) {
    String hex = data.startsWith("0x") ? data.substring(2) : data;
    for (int i = 0; i < hex.length(); i++) {
      char c = hex.charAt(i);
      if (!HexFormat.isHexDigit(c)) {
        throw new DefraException(
            ErrorCode.INVALID_ARGUMENT,
            "encoding/hex: invalid byte: " + String.format("U+%04X", (int) c) + " '" + c + "'");
      }
    }
    if (hex.length() % 2 != 0) {
      throw new DefraException(ErrorCode.INVALID_ARGUMENT, "encoding/hex: odd length hex string");
    }
    return HexFormat.of().parseHex(hex);
  }
}
