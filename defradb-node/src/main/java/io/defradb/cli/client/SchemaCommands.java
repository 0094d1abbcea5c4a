package io.defradb.cli.client;

import io.defradb.cli.command.Arguments;
import io.defradb.cli.command.Call;
import io.defradb.cli.command.Command;
import io.defradb.cli.command.CommandFault;
import io.defradb.cli.command.Entry;
import io.defradb.cli.command.Flag;
import io.defradb.error.DefraException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code client schema}. */
final class SchemaCommands {
  private SchemaCommands() {}

  static List<Entry> entries() {
    return List.of(
        Command.named("add", "Add types, given in GraphQL SDL", SchemaCommands::add)
            .taking(Arguments.free("[sdl | -]"))
            .with(Flag.list("file", "Files that hold the types").shortly('f')),
        Command.named("describe", "Show schema versions", SchemaCommands::describe)
            .with(
                Flag.text("name", "Name of the schema"),
                Flag.text("root", "Root of the schema"),
                Flag.text("version", "ID of a schema version")),
        Command.named("patch", "Change types by a JSON patch", SchemaCommands::patch)
            .taking(Arguments.free("[patch | -] [migration]"))
            .with(
                Flag.text("patch-file", "File that holds the patch").shortly('p'),
                Flag.text("lens-file", "File that holds the migration").shortly('t'),
                Flag.on("set-active", "Make the new versions the active ones")),
        Command.named(
                "set-active",
                "Make a schema version the active one",
                call ->
                    NodeCall.of(call)
                        .send(
                            "POST",
                            "/schema/default",
                            Map.of(),
                            JsonBody.utf8(call.arguments().get(0))))
            .taking(Arguments.exactly(1, "<versionID>")));
  }

  private static void add(Call call) throws IOException {
    var sdl = new StringBuilder();
    for (String file : call.list("file")) {
      sdl.append(file(call, file)).append('\n');
    }
    if (call.list("file").isEmpty()) {
      String given = call.argument(0).orElseThrow(() -> new CommandFault("schema cannot be empty"));
      sdl.append(given).append('\n');
    }
    NodeCall node = NodeCall.of(call);
    byte[] answer;
    try {
      answer = node.send("POST", "/schema", Map.of(), JsonBody.utf8(sdl.toString()));
    } catch (DefraException e) {
      throw new CommandFault("failed to add schema: " + e.getMessage(), e);
    }
    node.print(answer);
  }

  private static String file(Call call, String file) {
    try {
      return call.console().readFile(file);
    } catch (CommandFault e) {
      throw new CommandFault("failed to read file " + file + ": " + e.getMessage(), e);
    }
  }

  private static void describe(Call call) throws IOException {
    Map<String, String> parameters = new LinkedHashMap<>();
    call.text("name").ifPresent(value -> parameters.put("name", value));
    call.text("root").ifPresent(value -> parameters.put("root", value));
    call.text("version").ifPresent(value -> parameters.put("version_id", value));
    NodeCall node = NodeCall.of(call);
    node.print(node.get("/schema", parameters));
  }

  private static void patch(Call call) throws IOException {
    Optional<String> patch = call.textOrFile(0, "patch-file");
    if (patch.isEmpty() || patch.get().isEmpty()) {
      throw new CommandFault("patch cannot be empty");
    }
    int migrationAt = call.text("patch-file").isPresent() ? 0 : 1;
    // With more than these two, the reference takes the patch alone.
    Optional<String> lens =
        call.arguments().size() > 2 ? Optional.empty() : call.textOrFile(migrationAt, "lens-file");
    String migration = lens.map(LensCommands::checked).orElse("null");
    NodeCall.of(call)
        .send(
            "PATCH",
            "/schema",
            Map.of(),
            JsonBody.object()
                .text("Patch", patch.get())
                .flag("SetAsDefaultVersion", call.isOn("set-active"))
                .json("Migration", migration)
                .bytes());
  }
}
