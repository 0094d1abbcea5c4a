package io.defradb.cli.client;

import io.defradb.cli.command.Arguments;
import io.defradb.cli.command.Call;
import io.defradb.cli.command.Command;
import io.defradb.cli.command.Entry;
import io.defradb.cli.command.Flag;
import io.defradb.cli.command.Group;
import io.defradb.error.DefraException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** {@code client p2p}. */
final class P2pCommands {
  private static final Arguments ONE_LIST = Arguments.exactly(1, "<one[,another...]>");

  private P2pCommands() {}

  static List<Entry> entries() {
    return List.of(
        new Group("collection", "Collections that are followed", P2pCommands::collections),
        new Group("document", "Documents that are followed", P2pCommands::documents),
        Command.named("info", "Show the node's peer ID and addresses", P2pCommands::info),
        new Group("replicator", "Peers to which commits are pushed", P2pCommands::replicators),
        Command.named(
            "status",
            "Show how far each replicator has come",
            call -> {
              NodeCall node = NodeCall.of(call);
              node.print(node.get("/p2p/status", Map.of()));
            }));
  }

  private static List<Entry> collections() {
    return List.of(
        followed("add", "POST", "/p2p/collections", "Follow collections"),
        listed("/p2p/collections", "List the collections that are followed"),
        followed("remove", "DELETE", "/p2p/collections", "Follow collections no more"));
  }

  private static List<Entry> documents() {
    return List.of(
        followed("add", "POST", "/p2p/documents", "Follow documents"),
        listed("/p2p/documents", "List the documents that are followed"),
        followed("remove", "DELETE", "/p2p/documents", "Follow documents no more"),
        Command.named("sync", "Fetch documents from peers now", P2pCommands::sync)
            .taking(Arguments.atLeast(2, "<collection> <docID>..."))
            .with(Flag.duration("timeout", "How long to wait").initially("5s")));
  }

  private static List<Entry> replicators() {
    return List.of(
        replicator("delete", "DELETE", "Push commits to a peer no more"),
        listed("/p2p/replicators", "List the peers to which commits are pushed"),
        replicator("set", "POST", "Push commits to a peer"));
  }

  /** A node that cannot be reached or has no network is a peer without ID: scripts rely on it. */
  private static void info(Call call) throws IOException {
    NodeCall node = NodeCall.of(call);
    byte[] info;
    try {
      info = node.get("/p2p/info", Map.of());
    } catch (DefraException e) {
      info = JsonBody.utf8("{\"ID\":\"\",\"Addrs\":[]}");
    }
    node.print(info);
  }

  private static Command followed(String name, String method, String path, String summary) {
    return Command.named(
            name,
            summary,
            call -> {
              List<String> names =
                  Arrays.stream(call.arguments().get(0).split(",", -1))
                      .map(String::strip)
                      .filter(one -> !one.isEmpty())
                      .toList();
              byte[] body = JsonBody.utf8(JsonBody.array(names));
              NodeCall.of(call).send(method, path, Map.of(), body);
            })
        .taking(ONE_LIST);
  }

  private static Command listed(String path, String summary) {
    return Command.named(
            "getall",
            summary,
            call -> {
              NodeCall node = NodeCall.of(call);
              node.print(node.get(path, Map.of()));
            })
        .taking(path.equals("/p2p/replicators") ? Arguments.free("") : Arguments.none());
  }

  private static void sync(Call call) {
    List<String> given = call.arguments();
    NodeCall.of(call)
        .post(
            "/p2p/documents/sync",
            JsonBody.object()
                .text("collectionName", given.get(0))
                .texts("docIDs", given.subList(1, given.size()))
                .text("timeout", call.text("timeout").orElse("5s")));
  }

  private static Command replicator(String name, String method, String summary) {
    return Command.named(
            name,
            summary,
            call -> {
              JsonBody body =
                  JsonBody.object()
                      .json("Info", peer(call.arguments().get(0)))
                      .texts("Collections", call.list("collection"));
              List<String> docIds = call.list("docID");
              if (!docIds.isEmpty()) {
                body.texts("DocIDs", docIds);
              }
              NodeCall.of(call).send(method, "/p2p/replicators", Map.of(), body.bytes());
            })
        .taking(Arguments.exactly(1, "<peer>"))
        .with(
            Flag.list("collection", "Only these collections").shortly('c'),
            Flag.list("docID", "Only these documents"));
  }

  /** JSON as it is; a multiaddress, with or without its peer ID; a bare peer ID. */
  private static String peer(String given) {
    String text = given.strip();
    if (!text.startsWith("/")) {
      return text.startsWith("{") || text.isEmpty() || JsonFaults.find(text) == null
          ? JsonBody.checked(text)
          : peer(text, List.of());
    }
    int split = text.lastIndexOf("/p2p/");
    return split < 0
        ? peer("", List.of(text))
        : peer(text.substring(split + "/p2p/".length()), List.of(text.substring(0, split)));
  }

  private static String peer(String id, List<String> addresses) {
    return JsonBody.object().text("ID", id).texts("Addrs", addresses).toString();
  }
}
