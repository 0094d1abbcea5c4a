package io.defradb.cli;

import io.defradb.cli.command.Call;
import io.defradb.cli.command.Command;
import io.defradb.cli.command.Flag;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code defradb version}. The text forms go to standard error, as users of the reference know it.
 */
final class VersionCommand {
  private VersionCommand() {}

  static Command command() {
    return Command.named("version", "Show versions", VersionCommand::run)
        .with(
            Flag.text("format", "text or json").shortly('f').initially("\"text\""),
            Flag.on("full", "All versions"));
  }

  private static void run(Call call) {
    String release =
        Optional.ofNullable(VersionCommand.class.getPackage().getImplementationVersion())
            .orElse("");
    String java = "java " + Runtime.version().feature();
    if (call.text("format").orElse("").toLowerCase(Locale.ROOT).equals("json")) {
      call.console()
          .out()
          .print(
              String.format(
                  "{%n  \"release\": \"%s\",%n  \"commit\": \"\",%n  \"commitDate\": \"\",%n"
                      + "  \"go\": \"%s\",%n  \"httpAPI\": \"v0\",%n  \"docIDVersions\": \"1\",%n"
                      + "  \"netProtocol\": \"/defra/0.0.1\"%n}%n",
                  release, java));
      return;
    }
    String first = "defradb " + release + " ( )";
    call.console()
        .err()
        .println(
            call.isOn("full")
                ? first
                    + "\n* HTTP API: v0\n* P2P multicodec: /defra/0.0.1\n* DocID versions: 1\n* Go: "
                    + java
                : first + " built with Go " + java);
  }
}
