package io.defradb.cli.client;

import io.defradb.cli.command.Arguments;
import io.defradb.cli.command.Call;
import io.defradb.cli.command.Command;
import io.defradb.cli.command.CommandFault;
import io.defradb.cli.command.Entry;
import io.defradb.cli.command.Flag;
import io.defradb.cli.command.Group;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code client acp}. */
final class AcpCommands {
  private static final Flag RELATION = Flag.text("relation", "The relation").shortly('r');
  private static final Flag ACTOR = Flag.text("actor", "A DID, or * for everybody").shortly('a');

  private AcpCommands() {}

  static List<Entry> entries() {
    return List.of(
        new Group("document", "Access to documents", AcpCommands::document),
        new Group("node", "Access to the node", AcpCommands::node));
  }

  private static List<Entry> document() {
    return List.of(
        new Group(
            "policy",
            "Policies",
            () ->
                List.of(
                    Command.named("add", "Add a policy, in YAML or JSON", AcpCommands::addPolicy)
                        .taking(Arguments.free("[policy | -]"))
                        .with(Flag.text("file", "File that holds the policy").shortly('f')))),
        new Group(
            "relationship",
            "Who may do what with a document",
            () ->
                List.of(
                    documentRelationship("add", "POST", "Let an actor have a relation"),
                    documentRelationship("delete", "DELETE", "Take a relation from an actor"))));
  }

  private static List<Entry> node() {
    return List.of(
        switched("disable", "Switch node access control off for now"),
        switched("re-enable", "Switch node access control on again"),
        new Group(
            "relationship",
            "Who may do what with the node",
            () ->
                List.of(
                    nodeRelationship("add", "POST", "Let an actor have a relation"),
                    nodeRelationship("delete", "DELETE", "Take a relation from an actor"))),
        Command.named(
            "status",
            "Show whether node access control is on",
            call -> {
              NodeCall node = NodeCall.of(call);
              node.print(node.get("/acp/node/status", Map.of()));
            }));
  }

  private static void addPolicy(Call call) throws IOException {
    Optional<String> policy = call.textOrFile(0, "file");
    if (policy.isEmpty() || policy.get().isEmpty()) {
      throw new CommandFault("policy file argument can not be empty");
    }
    NodeCall node = NodeCall.of(call);
    byte[] body = JsonBody.utf8(policy.get());
    node.print(node.send("POST", "/acp/document/policy", Map.of(), body));
  }

  private static Command documentRelationship(String name, String method, String summary) {
    return Command.named(
            name,
            summary,
            call -> {
              JsonBody body =
                  JsonBody.object()
                      .text("CollectionName", call.text("collection").orElse(""))
                      .text("DocID", call.text("docID").orElse(""));
              relationship(call, method, "/acp/document/relationship", body);
            })
        .requiring("actor", "collection", "docID", "relation")
        .with(
            ACTOR,
            Flag.text("collection", "Name of the collection").shortly('c'),
            Flag.text("docID", "The document"),
            RELATION);
  }

  private static Command nodeRelationship(String name, String method, String summary) {
    return Command.named(
            name,
            summary,
            call -> relationship(call, method, "/acp/node/relationship", JsonBody.object()))
        .requiring("actor", "relation")
        .with(ACTOR, RELATION);
  }

  private static void relationship(Call call, String method, String path, JsonBody body)
      throws IOException {
    body.text("Relation", call.text("relation").orElse(""))
        .text("TargetActor", call.text("actor").orElse(""));
    NodeCall node = NodeCall.of(call);
    node.print(node.send(method, path, Map.of(), body.bytes()));
  }

  private static Command switched(String name, String summary) {
    return Command.named(
        name,
        summary,
        call -> {
          NodeCall node = NodeCall.of(call);
          node.send("POST", "/acp/node/" + name, Map.of(), null);
          node.print(JsonBody.utf8("{\"success\":true}"));
        });
  }
}
