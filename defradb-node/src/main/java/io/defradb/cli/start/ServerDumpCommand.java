package io.defradb.cli.start;

import io.defradb.cli.command.Call;
import io.defradb.cli.command.Command;
import io.defradb.cli.command.CommandFault;
import io.defradb.cli.command.Terminal;
import io.defradb.cli.config.Settings;
import io.defradb.node.NodeConfig;
import io.defradb.node.StoreDump;
import io.defradb.telemetry.NodeLogging;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code defradb server-dump}: what the store of a stopped node holds, as lines of its log. */
public final class ServerDumpCommand {
  private ServerDumpCommand() {}

  public static Command command() {
    return Command.named(
        "server-dump", "Dump everything that a stopped node has stored", ServerDumpCommand::run);
  }

  private static void run(Call call) {
    Settings settings = Settings.of(call);
    NodeLogging.configure(LogSettingsReader.read(settings, Terminal.isThere()));
    NodeConfig config = NodeConfigs.of(settings, Optional.empty(), StartCommand.natives());
    Logger log = LoggerFactory.getLogger("cli");
    log.info("Dumping DB state...");
    if (config.store().isInMemory()) {
      throw new CommandFault("server-side dump is only supported for the Badger datastore");
    }
    if (!StoreDump.logAll(config)) {
      throw new CommandFault("open " + config.store().directory() + ": no such file or directory");
    }
  }
}
