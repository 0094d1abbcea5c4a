package io.defradb.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.defradb.cli.command.Call;
import io.defradb.cli.command.CommandFault;
import io.defradb.cli.config.Setting;
import io.defradb.cli.config.Settings;
import io.defradb.client.NodeAnswer;
import io.defradb.client.oneshot.OneShotClient;
import io.defradb.crypto.KeyType;
import io.defradb.identity.BearerTokens;
import io.defradb.identity.Identity;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The node that a command speaks to, on whose behalf and in which transaction its flags say. */
final class NodeCall {
  private static final Duration CONNECT_MAX = Duration.ofSeconds(10);
  private static final Duration FOR_EVER = Duration.ZERO;

  private final Call call;
  private final OneShotClient client;

  private NodeCall(Call call, OneShotClient client) {
    this.call = call;
    this.client = client;
  }

  static NodeCall of(Call call) {
    URI node = OneShotClient.parse(Settings.of(call).text(Setting.ADDRESS));
    Map<String, String> headers = new LinkedHashMap<>();
    Optional<String> key = call.text("identity").filter(hex -> !hex.isEmpty());
    if (key.isPresent()) {
      Identity identity = Identity.parse(KeyType.SECP256K1, key.get());
      String token =
          BearerTokens.mint(
              identity, node.getRawAuthority(), Clock.systemUTC().instant(), BearerTokens.LIFETIME);
      headers.put("Authorization", "Bearer " + token);
    }
    String transaction = call.text("tx").orElse("0");
    if (transaction(transaction) != 0) {
      headers.put("x-defradb-tx", transaction);
    }
    return new NodeCall(call, new OneShotClient(node, headers, CONNECT_MAX, FOR_EVER));
  }

  private static long transaction(String flag) {
    try {
      return unsigned(flag);
    } catch (CommandFault e) {
      throw new CommandFault(
          "invalid argument \"" + flag + "\" for \"--tx\" flag: " + e.getMessage(), e);
    }
  }

  /** Reads a transaction ID. Throws with the words of the reference. */
  static long unsigned(String text) {
    try {
      return Long.parseUnsignedLong(text);
    } catch (NumberFormatException e) {
      String why = text.matches("\\d+") ? "value out of range" : "invalid syntax";
      throw new CommandFault("strconv.ParseUint: parsing \"" + text + "\": " + why, e);
    }
  }

  /** A request that changes or asks; anything but success is thrown with the node's text. */
  byte[] send(String method, String path, Map<String, String> parameters, byte @Nullable [] body) {
    NodeAnswer answer = client.send(method, path, parameters, body);
    if (!answer.isSuccess()) {
      throw new CommandFault(errorText(answer));
    }
    return answer.body();
  }

  byte[] get(String path, Map<String, String> parameters) {
    return send("GET", path, parameters, null);
  }

  byte[] post(String path, JsonBody body) {
    return send("POST", path, Map.of(), body.bytes());
  }

  /** The answer whatever its status; only a failed connection is thrown. */
  NodeAnswer answer(
      String method, String path, Map<String, String> parameters, byte @Nullable [] body) {
    return client.send(method, path, parameters, body);
  }

  OneShotClient.Opened open(
      String method, String path, Map<String, String> parameters, byte @Nullable [] body) {
    return client.open(method, path, parameters, body);
  }

  /** Prints an answer as the command's result. */
  void print(byte[] json) throws IOException {
    call.console().out().write(JsonIndent.indent(json));
  }

  static JsonNode parse(byte[] json) throws IOException {
    return new ObjectMapper().readTree(json);
  }

  static String errorText(NodeAnswer answer) {
    try {
      JsonNode error = parse(answer.body()).path("error");
      if (error.isTextual()) {
        return error.asText();
      }
    } catch (IOException e) { // not JSON: shown as it is
      return answer.status() + ": " + answer.text();
    }
    return answer.status() + ": " + answer.text();
  }
}
