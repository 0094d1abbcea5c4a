package io.defradb.cli.client;

import io.defradb.cli.command.Call;
import io.defradb.cli.command.Command;
import io.defradb.cli.command.CommandFault;
import io.defradb.cli.command.Entry;
import io.defradb.cli.command.Flag;
import io.defradb.client.NodeAnswer;
import io.defradb.client.oneshot.OneShotClient;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** {@code client index}. */
final class IndexCommands {
  private static final Flag COLLECTION =
      Flag.text("collection", "Name of the collection").shortly('c');
  private static final String ALL = "/collections/indexes";
  private static final Flag NAME = Flag.text("name", "Name of the index").shortly('n');

  private IndexCommands() {}

  static List<Entry> entries() {
    return List.of(
        Command.named("create", "Index one or more fields", IndexCommands::create)
            .with(
                COLLECTION,
                Flag.list("fields", "Fields to index, each with :ASC or :DESC if wanted"),
                NAME,
                Flag.on("unique", "No two documents with the same values").shortly('u')),
        Command.named(
                "drop",
                "Drop an index",
                call -> {
                  String index = OneShotClient.escape(call.text("name").orElse(""));
                  send(call, "DELETE", path(call) + (index.isEmpty() ? "" : "/" + index), null);
                })
            .with(COLLECTION, NAME),
        Command.named("list", "List indexes, of one collection or of all", IndexCommands::list)
            .with(COLLECTION));
  }

  private static void create(Call call) throws IOException {
    var fields = new StringJoiner(",", "[", "]");
    for (String field : call.list("fields")) {
      String[] parts = field.split(":", -1);
      if (parts.length > 2) {
        throw new CommandFault("invalid or malformed field description. Field: " + field);
      }
      String order = parts.length == 2 ? parts[1] : "ASC";
      if (!order.equals("ASC") && !order.equals("DESC")) {
        throw new CommandFault("invalid order: expected ASC or DESC. Field: " + field);
      }
      fields.add(
          JsonBody.object()
              .text("Name", parts[0])
              .flag("Descending", order.equals("DESC"))
              .toString());
    }
    JsonBody body =
        JsonBody.object()
            .text("Name", call.text("name").orElse(""))
            .json("Fields", fields.toString())
            .flag("Unique", call.isOn("unique"));
    NodeCall.of(call).print(send(call, "POST", path(call), body.bytes()));
  }

  private static void list(Call call) throws IOException {
    String path = collection(call).isEmpty() ? ALL : path(call);
    NodeCall.of(call).print(send(call, "GET", path, null));
  }

  /** The node answers an unknown collection with 404 and nothing else. */
  private static byte[] send(Call call, String method, String path, byte @Nullable [] body) {
    String collection = collection(call);
    boolean isNamed = !collection.isEmpty() || path.equals(ALL);
    NodeAnswer answer = NodeCall.of(call).answer(method, path, Map.of(), body);
    if (answer.status() == 404 || !isNamed) {
      throw new CommandFault("collection not found. CollectionName: " + collection);
    }
    if (!answer.isSuccess()) {
      throw new CommandFault(NodeCall.errorText(answer));
    }
    return answer.body();
  }

  private static String path(Call call) {
    return "/collections/" + OneShotClient.escape(collection(call)) + "/indexes";
  }

  private static String collection(Call call) {
    return call.text("collection").orElse("");
  }
}
