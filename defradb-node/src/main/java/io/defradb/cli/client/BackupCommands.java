package io.defradb.cli.client;

import io.defradb.cli.command.Arguments;
import io.defradb.cli.command.Call;
import io.defradb.cli.command.Command;
import io.defradb.cli.command.CommandFault;
import io.defradb.cli.command.Entry;
import io.defradb.cli.command.Flag;
import java.util.List;
import java.util.Locale;

/** {@code client backup}. The node reads and writes the file, in its own working directory. */
final class BackupCommands {
  private BackupCommands() {}

  static List<Entry> entries() {
    return List.of(
        Command.named("export", "Write documents to a file of the node", BackupCommands::export)
            .taking(Arguments.exactly(1, "<path>"))
            .with(
                Flag.list("collections", "Only these collections").shortly('c'),
                Flag.text("format", "Format of the file: json").shortly('f').initially("\"json\""),
                Flag.on("pretty", "A field a line").shortly('p'),
                Flag.on("history", "All commits, as a CAR, instead of the values of now")),
        Command.named(
                "import",
                "Create the documents of a file of the node",
                call ->
                    NodeCall.of(call)
                        .post(
                            "/backup/import",
                            JsonBody.object()
                                .text("filepath", call.arguments().get(0))
                                .flag("history", call.isOn("history"))))
            .taking(Arguments.exactly(1, "<path>"))
            .with(Flag.on("history", "The file holds commits, as export --history wrote them")));
  }

  private static void export(Call call) {
    String format = call.text("format").orElse("json").toLowerCase(Locale.ROOT);
    if (!format.equals("json")) {
      throw new CommandFault("invalid export format");
    }
    NodeCall.of(call)
        .post(
            "/backup/export",
            JsonBody.object()
                .text("filepath", call.arguments().get(0))
                .text("format", format)
                .flag("pretty", call.isOn("pretty"))
                .flag("history", call.isOn("history"))
                .texts("collections", call.list("collections")));
  }
}
