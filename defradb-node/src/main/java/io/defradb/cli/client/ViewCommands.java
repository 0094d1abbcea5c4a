package io.defradb.cli.client;

import io.defradb.cli.command.Arguments;
import io.defradb.cli.command.Call;
import io.defradb.cli.command.Command;
import io.defradb.cli.command.Entry;
import io.defradb.cli.command.Flag;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** {@code client view}. */
final class ViewCommands {
  private ViewCommands() {}

  static List<Entry> entries() {
    return List.of(
        Command.named("add", "Add a view: a query, and the types of its rows", ViewCommands::add)
            .taking(Arguments.between(2, 4, "<query> <sdl> [transform | -]"))
            .with(Flag.text("file", "File that holds the transform").shortly('f')),
        Command.named(
                "refresh",
                "Run the queries of materialized views again",
                call ->
                    NodeCall.of(call)
                        .send("POST", "/view/refresh", CollectionCommands.picked(call), null))
            .with(CollectionCommands.picking().toArray(Flag[]::new)));
  }

  private static void add(Call call) throws IOException {
    Optional<String> lens =
        call.arguments().size() > 3 && call.text("file").isEmpty()
            ? Optional.empty()
            : call.textOrFile(2, "file");
    String transform = lens.map(LensCommands::checked).orElse("null");
    JsonBody body =
        JsonBody.object()
            .text("Query", call.arguments().get(0))
            .text("SDL", call.arguments().get(1))
            .json("Transform", transform);
    NodeCall node = NodeCall.of(call);
    node.print(node.post("/view", body));
  }
}
