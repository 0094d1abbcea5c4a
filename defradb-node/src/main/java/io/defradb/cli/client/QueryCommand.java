package io.defradb.cli.client;

import io.defradb.cli.command.Arguments;
import io.defradb.cli.command.Call;
import io.defradb.cli.command.Command;
import io.defradb.cli.command.CommandFault;
import io.defradb.cli.command.Flag;
import io.defradb.client.NodeAnswer;
import io.defradb.client.oneshot.OneShotClient;
import io.defradb.error.DefraException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * {@code client query}. Errors of the request are part of the answer, not of the command: scripts
 * rely on exit code 0.
 */
final class QueryCommand {
  private static final String EVENT = "data: ";

  private QueryCommand() {}

  static Command command() {
    return Command.named(
            "query", "Run a GraphQL query, mutation or subscription", QueryCommand::run)
        .taking(Arguments.free("[request | -]"))
        .with(
            Flag.text("file", "File that holds the request").shortly('f'),
            Flag.text("operation", "Name of the operation to run").shortly('o'),
            Flag.text("variables", "Variables, a JSON object").shortly('v'));
  }

  private static void run(Call call) throws IOException {
    String request = call.textOrFile(0, "file").orElse("");
    if (request.isEmpty()) {
      throw new CommandFault("request cannot be empty");
    }
    JsonBody body = JsonBody.object().text("query", request);
    call.text("operation").ifPresent(name -> body.text("operationName", name));
    Optional<String> variables = call.text("variables");
    if (variables.isPresent()) {
      body.json("variables", JsonBody.checkedObject(variables.get()));
    }
    NodeCall node = NodeCall.of(call);
    if (isSubscription(request)) {
      subscribe(call, node, body);
      return;
    }
    byte[] answer = answer(node, body);
    call.console().err().println("------ Request Results ------");
    node.print(answer);
  }

  private static byte[] answer(NodeCall node, JsonBody body) {
    try {
      NodeAnswer answer = node.answer("POST", "/graphql", Map.of(), body.bytes());
      return answer.isSuccess() ? answer.body() : failed(NodeCall.errorText(answer));
    } catch (DefraException e) {
      return failed(e.getMessage());
    }
  }

  private static byte[] failed(String message) {
    return JsonBody.utf8(
        "{\"errors\":[{\"message\":" + JsonBody.quoted(message) + "}],\"data\":null}");
  }

  private static void subscribe(Call call, NodeCall node, JsonBody body) throws IOException {
    try (OneShotClient.Opened opened = node.open("POST", "/graphql", Map.of(), body.bytes());
        var lines =
            new BufferedReader(new InputStreamReader(opened.body(), StandardCharsets.UTF_8))) {
      call.console().err().println("------ Subscription Results ------");
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        boolean isEvent = line.startsWith(EVENT);
        if (isEvent || line.startsWith("{")) { // an error is an answer like any other
          node.print(JsonBody.utf8(isEvent ? line.substring(EVENT.length()) : line));
          call.console().out().flush();
        }
      }
    }
  }

  /** Whether the first word that is no comment is {@code subscription}. */
  private static boolean isSubscription(String request) {
    for (String line : request.split("\n", -1)) {
      String text = line.strip();
      if (!text.isEmpty() && !text.startsWith("#")) {
        return text.startsWith("subscription");
      }
    }
    return false;
  }
}
